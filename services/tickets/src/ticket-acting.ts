import { recordEvent, type Context } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Deadline } from './deadline.ts';
import type { Act } from './ticket-act.ts';

type Doing = Pick<Context, 'now'> & Partial<Pick<Context, 'requestId' | 'traceparent'>>;

/** The deed of one request (or of time, without an actor), written in this unit of work. */
export const actOf = ({ now, requestId, traceparent }: Doing, em: EntityManager, actorId: string | null): Act => ({
  now,
  actorId,
  record: (definition, about) => void recordEvent(em, definition, { ...about, actor: actorId, at: now, requestId: requestId ?? null, traceparent: traceparent ?? null }),
  schedule: (deadline) => void em.persist(em.create(Deadline, deadline)),
});
