import type { AuditRecorded, EventData } from '@atende/events';
import { sqlHasRole, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { AuditAct } from './acts.ts';

export type AuditOutcome = EventData<typeof AuditRecorded>['outcome'];

/** Auditors read, the worker writes; beyond that the roles' rights and a trigger say what nobody may. */
export const auditPolicies = [
  { name: 'audited', command: 'select' as const, using: sqlHasRole('AUDITOR') },
  { name: 'worker', using: sqlIsWorker },
];

const by = (name: string, ...properties: string[]) => ({
  name: `audit_entry_by_${name}`,
  properties: [...properties, 'at', 'id'] as never[],
});

/** One act. Written once, from the event of the same id; ids, codes and digests only, so that it outlives every name. */
const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  rowLevelSecurity: 'force',
  policies: auditPolicies,
  indexes: [
    by('time'),
    by('actor', 'actorId'),
    by('person', 'personId'),
    by('subject', 'subjectId'),
    by('organization', 'organizationId'),
    by('act', 'act', 'outcome'),
  ],
  properties: (p) => ({
    id: p.text().primary(),
    at: p.datetime(3),
    act: p.text().$type<AuditAct>(),
    outcome: p.text().$type<AuditOutcome>(),
    code: p.text().strictNullable(),
    field: p.text().strictNullable(),
    /** As the service said it: a person, a contact or an analyst; null: the system, or somebody who is nobody yet. */
    actorId: p.text().strictNullable(),
    /** The human being behind the actor. */
    personId: p.text().strictNullable(),
    sessionId: p.text().strictNullable(),
    keyId: p.text().strictNullable(),
    subjectId: p.text().strictNullable(),
    /** Which event of the subject it was. */
    subjectVersion: p.integer().strictNullable(),
    organizationId: p.text().strictNullable(),
    service: p.text(),
    requestId: p.text().strictNullable(),
    network: p.text().strictNullable(),
    count: p.integer(),
    /** SHA-256 of what the event said: proves its row, at the service that recorded it. */
    digest: p.text(),
  }),
});
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
export type AuditEntryRow = InferEntity<typeof AuditEntrySchema>;

/** Entries that have no place in the chain yet. */
const AuditPendingSchema = defineEntity({
  name: 'AuditPending',
  tableName: 'audit_pending',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  properties: (p) => ({ entryId: p.text().primary() }),
});
export class AuditPending extends AuditPendingSchema.class {}
AuditPendingSchema.setClass(AuditPending);
