import type { Job } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Deadline } from './lifecycle/deadline.ts';
import type { LifecycleRule } from './lifecycle/lifecycle-policy.ts';
import { patienceOf } from './lifecycle/ticket-patience.ts';
import { Ticket } from './ticket/ticket.ts';
import type { TimerKind } from './ticket/ticket-act.ts';
import { actOf } from './ticket/ticket-acting.ts';
import type { TicketsDeps } from './tickets-context.ts';

// Any number of workers may claim: each takes rows that no other holds.
const CLAIM = `select ticket_id as "ticketId", stay, kind, due_at as "dueAt" from deadline
  where due_at <= ? and (ticket_id, stay, kind) <> all (select * from unnest(?::text[], ?::int[], ?::text[]))
  order by due_at, ticket_id limit ? for update skip locked`;
const BATCH = 100;
const MOST_BATCHES = 40; // of one run; the next run goes on a second later

interface Due {
  ticketId: string;
  stay: number;
  kind: TimerKind;
}

interface Work {
  now: Date;
  /** How long tickets wait: read before a connection is held. */
  rules: LifecycleRule[];
  /** Timers that failed in this run: they hold up no other, and are tried again in the next one. */
  failed: Due[];
}

/** Lets time act: every due timer moves its ticket on, once, never early; after an outage all that is overdue is caught up. */
export const deadlines: Job<TicketsDeps> = {
  name: 'deadlines',
  everyMs: 1_000,
  run: async ({ em, clock, log, deps }) => {
    const work: Work = { now: clock.now(), rules: await deps.library.lifecycle(), failed: [] };
    const act = async (most: number): Promise<Outcome> => {
      const claimed: Due[] = [];
      try {
        await em.fork().transactional((own) => actOnDue(own, work, most, claimed));
        return { claimed };
      } catch (error) {
        if (claimed.length === 0) throw error; // the database's trouble, not a timer's
        return { claimed, error };
      }
    };
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const { claimed, error } = await act(BATCH);
      if (claimed.length === 0) return;
      // Alone, each of a batch that failed shows whether it is the one.
      for (let one = 0; error && one < claimed.length; one++) {
        const alone = await act(1);
        if (!alone.error) continue;
        log.error({ err: alone.error, timer: alone.claimed[0] }, 'a timer failed; it is tried again');
        work.failed.push(...alone.claimed);
      }
    }
  },
};

interface Outcome {
  claimed: Due[];
  error?: unknown;
}

/** Claims up to `most` due timers and lets them act. Who replies in the same moment is waited for; the timer then belongs to a stay that is over. */
async function actOnDue(em: EntityManager, { now, rules, failed }: Work, most: number, claimed: Due[]): Promise<void> {
  const columns = [failed.map((due) => due.ticketId), failed.map((due) => due.stay), failed.map((due) => due.kind)];
  claimed.push(...(await em.execute<Due[]>(CLAIM, [now, ...columns.map((column) => `{${column.join(',')}}`), most])));
  if (claimed.length === 0) return;
  // In the order of their ids, so that two workers wait for each other instead of both dying.
  const tickets = await em.find(
    Ticket,
    { id: { $in: claimed.map((due) => due.ticketId) } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  for (const { ticketId, stay, kind } of claimed) {
    const ticket = byId.get(ticketId);
    if (!ticket) continue;
    const act = actOf({ now }, em, null, await patienceOf(rules, em, ticket));
    if (kind === 'EXPIRY') ticket.expire(act, stay);
    else ticket.remind(act, stay);
  }
  await em.nativeDelete(Deadline, { $or: claimed.map(({ ticketId, stay, kind }) => ({ ticketId, stay, kind })) });
}
