import { viewerSchema } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from './permission.ts';
import { type Standing, viewerFrom } from './viewer-of.ts';

const contact = {
  id: 'con_1',
  organizationId: 'org_1',
  scope: 'OWN',
  mayOpen: false,
  administrator: false,
  serviceManager: false,
} as const;
const buildStanding = (changes: Partial<Standing> = {}): Standing => ({
  ...{ person: { id: 'per_1', language: 'es', auditor: false }, contacts: [], analyst: null, groups: [] },
  ...changes,
});
const rolesOf = (changes: Partial<Standing>) => viewerFrom(buildStanding(changes), 'ses_1').roles;
const permitted = (changes: Partial<Standing>) => permissionsOf(viewerFrom(buildStanding(changes), 'ses_1'));

describe('the viewer of a person', () => {
  it('carries the person, the session, the contacts with their rights and the groups', () => {
    const viewer = viewerFrom(
      buildStanding({ contacts: [contact], analyst: { id: 'ana_1', supervisor: false }, groups: [{ id: 'grp_1', kind: 'SUPPORT' }] }),
      'ses_1',
    );
    expect(viewer).toEqual({
      ...{ kind: 'PERSON', personId: 'per_1', sessionId: 'ses_1', analystId: 'ana_1', language: 'es', apiKey: null },
      ...{ roles: ['CONTACT', 'ANALYST'], contacts: [contact], groups: ['grp_1'] },
    });
    expect(viewerSchema.parse(viewer)).toEqual(viewer);
  });

  it('has a role only for what the person is', () => {
    expect(rolesOf({})).toEqual([]);
    expect(rolesOf({ contacts: [{ ...contact, administrator: true }] })).toEqual(['CONTACT', 'ADMINISTRATOR']);
    expect(rolesOf({ contacts: [contact, { ...contact, serviceManager: true }] })).toEqual(['CONTACT', 'SERVICE_MANAGER']);
    expect(rolesOf({ analyst: { id: 'ana_1', supervisor: true } })).toEqual(['ANALYST', 'SUPERVISOR']);
    expect(rolesOf({ analyst: { id: 'ana_1', supervisor: false }, groups: [{ id: 'grp_1', kind: 'OMBUDSMAN' }] })).toEqual([
      'ANALYST',
      'OMBUDSMAN',
    ]);
    expect(rolesOf({ person: { id: 'per_1', language: 'en', auditor: true } })).toEqual(['AUDITOR']);
  });
});

describe('permissions', () => {
  it.each<[string, Partial<Standing>, string[]]>([
    ['a contact without rights', { contacts: [contact] }, []],
    ['who may open', { contacts: [{ ...contact, mayOpen: true }] }, ['OPEN_TICKETS']],
    ['who sees the organization', { contacts: [{ ...contact, scope: 'ORGANIZATION' }] }, ['SEE_TICKETS_OF_ORGANIZATION']],
    ['an administrator', { contacts: [{ ...contact, administrator: true }] }, ['MANAGE_CONTACTS', 'IMPORT_CONTACTS']],
    ['a service manager', { contacts: [{ ...contact, serviceManager: true }] }, ['AGREE_TO_PRIORITY']],
    ['an analyst', { analyst: { id: 'ana_1', supervisor: false } }, ['OPEN_ON_BEHALF', 'ANSWER_TICKETS', 'SET_AVAILABILITY']],
    [
      'a supervisor',
      { analyst: { id: 'ana_1', supervisor: true } },
      ['OPEN_ON_BEHALF', 'ANSWER_TICKETS', 'SET_AVAILABILITY', 'SUPERVISE', 'IMPORT_CONTACTS', 'MANAGE_ORGANIZATIONS', 'MANAGE_STAFF'],
    ],
    [
      'the ombudsman',
      { analyst: { id: 'ana_1', supervisor: false }, groups: [{ id: 'g', kind: 'OMBUDSMAN' }] },
      ['OPEN_ON_BEHALF', 'ANSWER_TICKETS', 'SET_AVAILABILITY', 'KEEP_OMBUDSMAN_GROUP', 'SEE_OMBUDSMAN_TICKETS'],
    ],
    ['an auditor', { person: { id: 'per_1', language: 'en', auditor: true } }, ['READ_AUDIT_LOG']],
  ])('of %s', (_, changes, expected) => {
    expect(permitted(changes)).toEqual(expected);
  });
});
