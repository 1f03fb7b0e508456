import { sqlIsGateway, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { Side } from './ticket-act.ts';
import { searched } from './ticket-words.ts';

const onSeenTicket = 'exists (select 1 from ticket where ticket.id = comment.ticket_id)';

/** A message on a ticket. Its text stands here only, so that it can be erased; the history keeps its digest. */
const CommentSchema = defineEntity({
  name: 'Comment',
  tableName: 'comment',
  rowLevelSecurity: 'force',
  policies: [
    // Row-level security of `ticket` applies inside the sub-select. Internal notes are not even there for clients.
    { name: 'seen', command: 'select', using: `${sqlIsGateway} or (${onSeenTicket} and (not internal or ${sqlIsStaff}))` },
    { name: 'written', command: 'insert', check: `${onSeenTicket} and (not internal or ${sqlIsStaff})` },
    { name: 'worker', using: sqlIsWorker },
    searched,
  ],
  indexes: [{ name: 'comment_by_ticket', properties: ['ticketId', 'id'] }],
  properties: (p) => ({
    id: p.text().primary(),
    ticketId: p.text(),
    /** Contact or analyst id. */
    authorId: p.text(),
    side: p.text().$type<Side>(),
    internal: p.boolean(),
    body: p.text(),
    createdAt: p.datetime(3),
  }),
});
export class Comment extends CommentSchema.class {}
CommentSchema.setClass(Comment);
