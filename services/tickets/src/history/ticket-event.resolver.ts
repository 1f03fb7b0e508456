import {
  type Context,
  EventAudienceFace,
  type EventRow,
  EventWatcherInput,
  encodeCursor,
  Guard,
  gatewayOnly,
  isId,
  lastPlace,
  viewerSchema,
} from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { TicketFace } from '../ticket/ticket.graphql.ts';
import { Ticket } from '../ticket/ticket.ts';
import { happeningOf } from './happening.resolver.ts';
import { audienceOf, happening, mustBeFollowable } from './ticket-audience.ts';
import { TicketEventFace } from './ticket-event.graphql.ts';
import { TicketEventRow } from './ticket-event.ts';

@Resolver(() => TicketEventFace)
export class TicketEventResolver extends happeningOf(TicketEventFace) {
  @Query(() => [EventAudienceFace], {
    nullable: 'items',
    description: 'Who of these watchers hears of an event, asked once per event by the gateway.',
  })
  @Directive('@inaccessible')
  @Directive('@shareable')
  @Guard(gatewayOnly)
  async _ticketEventAudience(
    @Arg('eventId', () => ID, { description: 'The event.' }) eventId: string,
    @Arg('watchers', () => [EventWatcherInput], { description: 'Classes of equal watchers.' }) watchers: EventWatcherInput[],
    @Ctx() { em }: Context,
  ): Promise<(EventAudienceFace | null)[]> {
    // Also where there is no such event: that is how the gateway asks about a filter before anything happens.
    for (const { filter } of watchers) mustBeFollowable(filter ?? {});
    const event = isId('evt', eventId) ? await em.findOne(TicketEventRow, eventId) : null;
    const ticket = event && (await em.findOne(Ticket, event.aggregate));
    if (!event || !ticket) return watchers.map(() => null);
    const later =
      event.version < ticket.version ? await em.find(TicketEventRow, { aggregate: ticket.id, version: { $gt: event.version } }) : [];
    const happened = happening(event, ticket, later);
    return watchers.map(({ viewer, filter }) => audienceOf(happened, viewerSchema.parse(viewer), filter ?? {}));
  }

  @FieldResolver(() => String, { description: 'Give it as `after` to go on from here.' })
  async cursor(@Root() { position }: EventRow, @Ctx() { em }: Context): Promise<string> {
    return encodeCursor({ epoch: (await lastPlace(em)).epoch, position: position ?? 0 });
  }

  @FieldResolver(() => TicketFace, { nullable: true, description: 'The ticket as it is now.' })
  ticket(@Root() { aggregate }: EventRow, @Ctx() { load }: Context): Promise<Ticket | null> {
    return load<Ticket>('Ticket', aggregate);
  }
}
