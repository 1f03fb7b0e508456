import { defineEvent, EVERY_SERVICE } from './define-event.ts';
import { anyId, code, count, id, network, oneOf } from './words.ts';

export const RECORDED_ACTS = ['SIGN_IN', 'ACCESS', 'FILE_READ', 'AUDIT_READ', 'PERSONAL_DATA_READ', 'EXPORT'] as const;
export const OUTCOMES = ['DONE', 'REFUSED'] as const;

export const AuditRecorded = defineEvent('audit.recorded', {
  version: 1,
  service: EVERY_SERVICE,
  describes:
    'Something the audit log must hold that is no change of anything: a sign-in, a denial, a file or personal data that were read.',
  data: {
    /** ACCESS: something was asked for and denied, whatever it was. */
    act: oneOf(...RECORDED_ACTS),
    outcome: oneOf(...OUTCOMES),
    /** Why it was refused: a code of the closed list of errors. */
    code: code().nullable(),
    /** What was asked, as the schema names it, e.g. `Query.ticket`. */
    field: code().nullable(),
    /** What it was about; of a denial the id that was asked for, whether such a thing exists or not. */
    subjectId: anyId().nullable(),
    organizationId: id('org').nullable(),
    sessionId: id('ses').nullable(),
    /** The API key it was done with. */
    keyId: anyId().nullable(),
    /** Where the client is, as far as that names nobody. */
    network: network().nullable(),
    /** How often, at the moment of the event for the last time. */
    count: count(),
  },
});
