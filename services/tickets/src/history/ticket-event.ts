import { eventEntity, eventPolicies, sqlIsStaff } from '@atende/service';

/** The history of tickets: whoever sees a ticket sees its events, internal ones only staff, the house's own nobody. */
export const TicketEventRow = eventEntity({
  policies: [
    ...eventPolicies,
    {
      name: 'seen',
      command: 'select',
      using: `audience <> 'SYSTEM' and (audience = 'PUBLIC' or ${sqlIsStaff}) and exists (select 1 from ticket where ticket.id = event.aggregate)`,
    },
  ],
});
