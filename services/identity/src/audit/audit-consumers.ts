import { createHash } from 'node:crypto';
import { AuditRecorded, type Envelope } from '@atende/events';
import { type Consumer, canonicalJson, isId, on } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Contact } from '../contact/contact.ts';
import { Analyst } from '../staff/analyst.ts';
import { type AuditAct, audited, auditedServices } from './acts.ts';
import { AuditEntry, type AuditOutcome, AuditPending } from './audit-entry.ts';

/** What an entry says beside what every envelope does. */
interface Said {
  act: AuditAct;
  outcome: AuditOutcome;
  subjectId: string | null;
  subjectVersion: number | null;
  organizationId: string | null;
  code?: string | null;
  field?: string | null;
  sessionId?: string | null;
  keyId?: string | null;
  network?: string | null;
  count?: number;
}

/** Everything the audit log is made of: the acts of all services, once each. */
export const auditConsumers: Consumer[] = [
  on(
    AuditRecorded,
    (event, { em }) => {
      const { act, outcome, code, field, subjectId, organizationId, sessionId, keyId, network, count } = event.data;
      return enter(em, event, {
        act,
        outcome,
        code,
        field,
        subjectId,
        organizationId,
        sessionId,
        keyId,
        network,
        count,
        subjectVersion: null,
      });
    },
    auditedServices,
  ),
  ...audited.map(({ event: definition, act: actOf, subject }) =>
    on(definition, async (event, { em }) => {
      const { data, aggregate, version: subjectVersion } = event;
      const act = actOf(data);
      const organizationId = [data.organizationId, aggregate].find((id) => isId('org', id)) as string | undefined;
      const subjectId = subject ? String(data[subject]) : aggregate;
      const sessionId = isId('ses', aggregate) ? aggregate : null;
      if (act)
        await enter(em, event, { act, outcome: 'DONE', subjectId, subjectVersion, organizationId: organizationId ?? null, sessionId });
    }),
  ),
];

async function enter(em: EntityManager, event: Envelope, said: Said): Promise<void> {
  const { id, at, actor: actorId, service, requestId, data } = event;
  em.create(AuditEntry, {
    ...{ code: null, field: null, sessionId: null, keyId: null, network: null, count: 1, ...said },
    ...{ id, at: new Date(at), actorId, personId: await personOf(em, actorId), service, requestId },
    digest: createHash('sha256').update(canonicalJson(data)).digest('hex'),
  });
  em.create(AuditPending, { entryId: id });
}

async function personOf(em: EntityManager, actorId: string | null): Promise<string | null> {
  if (isId('per', actorId)) return actorId;
  const known = isId('con', actorId)
    ? await em.findOne(Contact, { id: actorId })
    : isId('ana', actorId)
      ? await em.findOne(Analyst, { id: actorId })
      : null;
  return known?.personId ?? null;
}
