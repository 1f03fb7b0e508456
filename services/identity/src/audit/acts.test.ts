import { AuditRecorded, catalogue } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { describe, expect, it } from '@jest/globals';
import { auditActs, audited, auditedServices, notAudited } from './acts.ts';

const types = [...catalogue.keys()].filter((type) => type !== AuditRecorded.type);

describe('the acts of the audit log', () => {
  // A new event? If somebody administers something by it, it belongs into `audited`, with an act of its own; else into `notAudited`.
  it.each(types)('%s is an act, or said to be none', (type) => {
    const isAct = audited.some(({ event }) => event.type === type);
    expect([isAct, notAudited.some((none) => none.test(type))].filter(Boolean)).toHaveLength(1);
  });

  it.each(goldenSamples().filter(({ type }) => audited.some(({ event }) => event.type === type)))(
    '$type v$v has an act',
    ({ type, data }) => {
      const { act } = audited.find(({ event }) => event.type === type) ?? {};
      expect(auditActs).toContain(act?.(data));
    },
  );

  it('every service of which there are acts is listened to', () => {
    expect(auditedServices).toEqual(expect.arrayContaining(audited.map(({ event }) => event.service)));
  });

  it('who is deactivated is not just saved', () => {
    const contactSaved = audited.find(({ event }) => event.type === 'contact.saved');
    expect([contactSaved?.act({ active: true }), contactSaved?.act({ active: false })]).toEqual(['CONTACT_SAVED', 'CONTACT_DEACTIVATED']);
  });
});
