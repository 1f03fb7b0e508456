import { sqlIsGateway, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { TimerKind } from '../ticket/ticket-act.ts';

/**
 * A timer is a row. It belongs to one stay of a ticket in a status; when the ticket has moved on, the row means nothing.
 * The timer job claims due rows; requests only write them.
 */
const DeadlineSchema = defineEntity({
  name: 'Deadline',
  tableName: 'deadline',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'set', command: 'insert', check: 'exists (select 1 from ticket where ticket.id = deadline.ticket_id)' },
    { name: 'counted', command: 'select', using: sqlIsGateway },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    ticketId: p.text().primary(),
    stay: p.integer().primary(),
    kind: p.text().$type<TimerKind>().primary(),
    dueAt: p.datetime(3).index(),
  }),
});
export class Deadline extends DeadlineSchema.class {}
DeadlineSchema.setClass(Deadline);
