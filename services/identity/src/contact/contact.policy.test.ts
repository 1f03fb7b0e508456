import type { Viewer, ViewerContact } from '@atende/service';
import { buildViewer } from '@atende/service/testing';
import { describe, expect, it } from '@jest/globals';
import { seesContact, seesContactDetails, seesContactRights } from './contact.policy.ts';

const own = (changes: Partial<ViewerContact> = {}): ViewerContact => ({
  ...{ id: 'con_own', organizationId: 'org_acme', scope: 'OWN', mayOpen: true, administrator: false, serviceManager: false },
  ...changes,
});
const colleague = { id: 'con_colleague', organizationId: 'org_acme', administrator: false, active: true };
const boss = { ...colleague, id: 'con_boss', administrator: true };
const myself = { ...colleague, id: 'con_own' };

const contact = buildViewer({ contacts: [own()] });
const administrator = buildViewer({ roles: ['CONTACT', 'ADMINISTRATOR'], contacts: [own({ administrator: true })] });
const stranger = buildViewer({ contacts: [own({ organizationId: 'org_globex', administrator: true })] });
const analyst = buildViewer({ roles: ['ANALYST'] });
const auditor = buildViewer({ roles: ['AUDITOR'] });
const classOfMany = buildViewer({ kind: 'CLASS', personId: null, contacts: [own({ id: '', scope: 'ORGANIZATION' })] });

const sees = (viewer: Viewer, row: typeof colleague) =>
  [seesContact, seesContactDetails, seesContactRights].map((policy) => (policy.allows(viewer, row) ? 'yes' : 'no')).join(' ');

describe('who sees a contact, its e-mail and phone, and its rights', () => {
  it.each([
    ['a contact, a colleague', contact, colleague, 'yes no no'],
    ['a contact, an administrator of the organization', contact, boss, 'yes yes no'],
    ['a contact, a former administrator', contact, { ...boss, active: false }, 'yes no no'],
    ['a contact, itself', contact, myself, 'yes yes yes'],
    ['an administrator, a contact of the organization', administrator, colleague, 'yes yes yes'],
    ['another organization’s administrator', stranger, colleague, 'no no no'],
    ['another organization’s administrator, the administrator', stranger, boss, 'no no no'],
    ['staff', analyst, colleague, 'yes yes yes'],
    ['an auditor', auditor, colleague, 'no no no'],
    ['a class of contacts, which is nobody in person', classOfMany, myself, 'yes no no'],
  ])('%s', (_, viewer, row, expected) => {
    expect(sees(viewer, row)).toBe(expected);
  });
});
