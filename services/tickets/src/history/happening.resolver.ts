import { DateTime, type EventRow } from '@atende/service';
import { type ClassType, FieldResolver, Resolver, Root } from 'type-graphql';
import type { TicketStatus } from '../lifecycle/ticket-status.ts';
import { Actor, type Analyst, type Contact, reference } from '../people.graphql.ts';
import { TicketStatusEnum } from '../ticket/ticket.graphql.ts';
import { statusIn, typeOf } from './history.view.ts';
import { type TicketEventType, TicketEventTypeEnum } from './ticket-event.graphql.ts';

/** What a row of a ticket's history and a live event tell alike; their resolvers extend it. */
export function happeningOf(Face: ClassType) {
  @Resolver(() => Face)
  abstract class Happening {
    @FieldResolver(() => TicketEventTypeEnum, { description: 'What happened.' })
    type(@Root() event: EventRow): TicketEventType {
      return typeOf(event);
    }

    @FieldResolver(() => DateTime, { description: 'When.' })
    occurredAt(@Root() { at }: EventRow): Date {
      return at;
    }

    @FieldResolver(() => Actor, { nullable: true, description: 'Who did it; null: time.' })
    actor(@Root() { actor }: EventRow): Contact | Analyst | null {
      return reference(actor);
    }

    @FieldResolver(() => TicketStatusEnum, { nullable: true, description: 'Where the ticket stood.' })
    fromStatus(@Root() event: EventRow): TicketStatus | null {
      return statusIn(event, 'fromStatus');
    }

    @FieldResolver(() => TicketStatusEnum, { nullable: true, description: 'Where it stood after it.' })
    toStatus(@Root() event: EventRow): TicketStatus | null {
      return statusIn(event, 'toStatus');
    }
  }
  return Happening;
}
