import type { Job } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';

/** What search reads, it reads in the owner's name: no request has that name, only `find_tickets` and what keeps the words. */
export const searched = { name: 'searched', command: 'select' as const, roles: ['tickets_owner'], using: 'true' };

/**
 * The words that a ticket is found by: stems of its subject, description and public messages, without accents. Triggers write
 * them and `find_tickets` reads them, both in the owner's name (migration `search`); no other role reaches them.
 */
const TicketWordsSchema = defineEntity({
  name: 'TicketWords',
  tableName: 'ticket_words',
  rowLevelSecurity: 'force',
  policies: [{ name: 'keeper', roles: ['tickets_owner'], using: 'true' }],
  indexes: [{ name: 'ticket_words_found', expression: 'create index "ticket_words_found" on "ticket_words" using gin ("words")' }],
  properties: (p) => ({
    ticketId: p.text().primary(),
    words: p.text().columnType('tsvector'),
  }),
});
export class TicketWords extends TicketWordsSchema.class {}
TicketWordsSchema.setClass(TicketWords);

const AT_ONCE = 500;

/** Gathers the words of tickets that are older than search, until there are none; new tickets bring theirs. */
export function keepMissingWords(): Job<unknown> {
  let complete = false;
  return {
    name: 'missing words',
    everyMs: 1_000,
    run: async ({ em }) => {
      if (complete) return;
      const [row] = await em.execute<{ count: string }[]>('select keep_missing_words(?) as count', [AT_ONCE]);
      complete = Number(row?.count) < AT_ONCE;
    },
  };
}
