import { AuditRecorded, type EventData } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from './context.ts';
import { type EventRow, recordEvent } from './event.ts';
import { isAnyId, newId } from './ids.ts';
import { networkOf } from './network.ts';

type Recorded = EventData<typeof AuditRecorded>;

/** Who does something, when and within which request: a request's context is one. */
export type Doing = Pick<Context, 'viewer' | 'now' | 'traceparent' | 'address'> & { requestId: string | null };

/** Something for the audit log that is no change of anything. Ids that are none are left out: a client may have made them up. */
export interface AuditedAct {
  act: Recorded['act'];
  /** DONE when absent. */
  outcome?: Recorded['outcome'];
  /** A code of the closed list of errors. */
  code?: string | null;
  /** `Type.field` of the schema. */
  field?: string | null;
  subjectId?: string | null;
  organizationId?: string | null;
  /** Who it is, where the viewer does not say it yet. */
  actorId?: string | null;
  count?: number;
}

/**
 * Records an act in the unit of work `em`, for the audit log of identity. What changes something has an event of its own
 * and needs none of this (docs/decisions/0075).
 */
export function recordAct(em: EntityManager, { viewer, now, requestId, traceparent, address }: Doing, done: AuditedAct): EventRow {
  const { act, outcome = 'DONE', code = null, field = null, subjectId, organizationId, actorId, count = 1 } = done;
  return recordEvent(em, AuditRecorded, {
    ...{ aggregate: newId('aud'), version: 1, actor: actorId ?? viewer.personId, audience: 'SYSTEM', at: now, requestId, traceparent },
    data: {
      ...{ act, outcome, code, field, count },
      subjectId: idOrNull(subjectId),
      organizationId: idOrNull(organizationId, 'org'),
      sessionId: idOrNull(viewer.sessionId, 'ses'),
      keyId: idOrNull(viewer.apiKey?.id),
      network: networkOf(address),
    },
  });
}

const idOrNull = (text: unknown, prefix?: string): string | null =>
  isAnyId(text) && (!prefix || text.startsWith(`${prefix}_`)) ? text : null;
