import { type Context, DateTime, type EventRow } from '@atende/service';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CommentFace } from './comment.graphql.ts';
import type { Comment } from './comment.ts';
import { type HistoryCause, HistoryCauseEnum, HistoryChangeFace, HistoryEntryFace } from './history.graphql.ts';
import { causeIn, changesIn, commentIn, statusIn, typeOf } from './history.view.ts';
import { Actor, type Analyst, type Contact, reference } from './people.graphql.ts';
import { TicketStatusEnum } from './ticket.graphql.ts';
import { type TicketEventType, TicketEventTypeEnum } from './ticket-event.graphql.ts';
import type { TicketStatus } from './ticket-status.ts';

@Resolver(() => HistoryEntryFace)
export class HistoryEntryResolver {
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

  @FieldResolver(() => [HistoryChangeFace], { description: 'Everything about the ticket that it changed.' })
  changes(@Root() event: EventRow): HistoryChangeFace[] {
    return changesIn(event);
  }

  @FieldResolver(() => HistoryCauseEnum, { nullable: true, description: 'Why, where it is not plain from the type.' })
  cause(@Root() event: EventRow): HistoryCause | null {
    return causeIn(event);
  }

  @FieldResolver(() => CommentFace, { nullable: true, description: 'The message that came with it.' })
  comment(@Root() event: EventRow, @Ctx() { load }: Context): Promise<Comment | null> | null {
    const id = commentIn(event);
    return id === null ? null : load<Comment>('Comment', id);
  }
}
