import { recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Deadline } from '../lifecycle/deadline.ts';
import { type Patience, usualPatience } from '../lifecycle/ticket-status.ts';
import type { Act } from './ticket-act.ts';

/** When something is done, and in which request, if in one. */
export interface Moment {
  now: Date;
  requestId?: string | null;
  traceparent?: string | null;
}

/** The deed of one request (or of time, without an actor), written in this unit of work. */
export const actOf = (
  { now, requestId = null, traceparent = null }: Moment,
  em: EntityManager,
  actorId: string | null,
  patience: Patience = usualPatience,
): Act => ({
  ...{ now, actorId, patience },
  record: (definition, about) => void recordEvent(em, definition, { ...about, actor: actorId, at: now, requestId, traceparent }),
  schedule: (timer) => void em.persist(em.create(Deadline, timer)),
});
