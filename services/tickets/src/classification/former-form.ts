import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { KeptAnswer } from '../ticket/ticket.schema.ts';

const onSeenTicket = 'exists (select 1 from ticket where ticket.id = former_form.ticket_id)';

/**
 * What a ticket's form said until it was classified. Its texts stand here only, so that they can be erased; the history
 * keeps their digests. The first that is younger than a change, or else the ticket itself, says what it became.
 */
const FormerFormSchema = defineEntity({
  name: 'FormerForm',
  tableName: 'former_form',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: onSeenTicket },
    { name: 'kept', command: 'insert', check: onSeenTicket },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    ticketId: p.text().primary(),
    /** Of the ticket, at the event that ended it. */
    until: p.integer().primary(),
    formId: p.text(),
    requestType: p.text(),
    subject: p.text(),
    description: p.text().strictNullable(),
    answers: p.json<KeptAnswer[]>(),
  }),
});
export class FormerForm extends FormerFormSchema.class {}
FormerFormSchema.setClass(FormerForm);
