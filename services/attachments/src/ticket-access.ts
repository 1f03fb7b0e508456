import { sqlIsWorker, sqlSeesTicket, ticketAccessEntity } from '@atende/service';

/** Who may see a ticket, as tickets last said. A request reads only the rows of tickets it may see. */
export const TicketAccess = ticketAccessEntity({
  policies: [
    { name: 'seen', command: 'select', using: sqlSeesTicket },
    { name: 'worker', using: sqlIsWorker },
  ],
});
