import type { Job } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Deadline } from './deadline.ts';
import { actOf } from './ticket-acting.ts';
import { Ticket } from './ticket.ts';
import type { TicketsDeps } from './tickets-context.ts';

// Claimed one at a time, so that one that fails holds up no other; any number of workers may claim.
const CLAIM = 'select ticket_id, stay from deadline where due_at <= ? order by due_at limit 1 for update skip locked';
const MOST_PER_RUN = 500;

/** Lets time act: every due timer moves its ticket on, once, never early; after an outage all that is overdue is caught up. */
export const deadlines: Job<TicketsDeps> = {
  name: 'deadlines',
  everyMs: 1_000,
  run: async ({ em, clock, log }) => {
    for (let run = 0; run < MOST_PER_RUN; run++) {
      const found = await em.fork().transactional((own) => expireNext(own, clock.now()));
      if (!found) return;
      log.debug({ ticketId: found }, 'timer ran out');
    }
  },
};

/** Expires the next due timer. A reply that commits first wins: its version of the history is taken, this try rolls back and looks again. */
async function expireNext(em: EntityManager, now: Date): Promise<string | null> {
  const [due] = await em.execute<{ ticket_id: string; stay: number }[]>(CLAIM, [now]);
  if (!due) return null;
  const ticket = await em.findOne(Ticket, due.ticket_id);
  ticket?.expire(actOf({ now }, em, null), due.stay);
  await em.nativeDelete(Deadline, { ticketId: due.ticket_id, stay: due.stay });
  return due.ticket_id;
}
