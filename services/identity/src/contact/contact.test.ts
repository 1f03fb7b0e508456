import { demoId, ErrorCode, Refused } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { recordingAct } from '../testing/recording-act.ts';
import { Contact, type ContactDraft } from './contact.ts';

const buildContact = (draft: Partial<ContactDraft> = {}): Contact =>
  Contact.invite(recordingAct(), { personId: demoId('per', 'ana'), organizationId: demoId('org', 'ACME01'), name: 'Ana Souza', ...draft });

describe('a contact', () => {
  it('is invited with the least rights: opens, and sees its own tickets', () => {
    const act = recordingAct();
    const contact = Contact.invite(act, { personId: demoId('per', 'ana'), organizationId: demoId('org', 'ACME01'), name: 'Ana Souza' });
    expect(contact.rights).toEqual({ scope: 'OWN', mayOpen: true, administrator: false, serviceManager: false, active: true });
    expect(act.events).toEqual([
      {
        type: 'contact.saved',
        aggregate: contact.id,
        version: 1,
        data: { personId: contact.personId, organizationId: contact.organizationId, ...contact.rights },
      },
    ]);
  });

  it('whose rights change says so, so that its sessions are made anew', () => {
    const act = recordingAct();
    const contact = buildContact();
    expect(contact.change(act, { scope: 'ORGANIZATION' }, 1)).toBe(true);
    expect(contact).toMatchObject({ scope: 'ORGANIZATION', version: 2 });
    expect(act.events).toMatchObject([{ type: 'contact.saved', version: 2, data: { scope: 'ORGANIZATION' } }]);
  });

  it('whose name changes keeps its sessions, and is found by the new name', () => {
    const contact = buildContact();
    expect(contact.change(recordingAct(), { name: 'Ânia Souza', phone: '+55 11 5555-0000' }, 1)).toBe(false);
    expect(contact).toMatchObject({ name: 'Ânia Souza', searchName: 'ania souza', phone: '+55 11 5555-0000', version: 2 });
  });

  it('that is told what it already is does not change', () => {
    const act = recordingAct();
    const contact = buildContact();
    expect(contact.change(act, { name: 'Ana Souza', mayOpen: true }, 1)).toBe(false);
    expect(contact.version).toBe(1);
    expect(act.events).toEqual([]);
  });

  it.each([{ administrator: false }, { active: false }])(
    'LAST_ADMINISTRATOR: the last administrator cannot be taken away by %j',
    (changes) => {
      const act = recordingAct();
      const contact = buildContact({ administrator: true });
      expect(() => contact.change(act, changes, 0)).toThrow(Refused);
      try {
        contact.change(act, changes, 0);
      } catch (error) {
        expect((error as Refused).faults).toEqual([{ code: ErrorCode.LAST_ADMINISTRATOR, field: ['input', 'contactId'] }]);
      }
      expect(contact.rights).toMatchObject({ administrator: true, active: true });
      expect(act.events).toEqual([]);
    },
  );

  it('that is the last administrator may still change otherwise', () => {
    const contact = buildContact({ administrator: true });
    expect(contact.change(recordingAct(), { name: 'Ana S.', scope: 'ORGANIZATION' }, 0)).toBe(true);
  });

  it('may leave administration when another administrator stays', () => {
    expect(buildContact({ administrator: true }).change(recordingAct(), { administrator: false }, 1)).toBe(true);
  });

  it('that was deactivated can leave the administration it no longer exercises', () => {
    const contact = buildContact({ administrator: true });
    contact.change(recordingAct(), { active: false }, 1);
    expect(contact.change(recordingAct(), { administrator: false }, 0)).toBe(true);
  });
});
