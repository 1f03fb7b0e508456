/** Nobody changes the log: no role has the right, and a trigger refuses the owner (migration `audit`). */
export const auditRights = [
  'revoke insert, update, delete on table audit_entry, audit_seal from identity_app',
  'revoke update, delete on table audit_entry, audit_seal from identity_worker',
  'revoke all on table audit_pending from identity_app',
  'revoke update on table audit_pending from identity_worker',
];
