import { Guard, isStaff, PageInfoFace, policy, withItsParent } from '@atende/service';
import type { EventRow, Viewer } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from './ticket.graphql.ts';

export const ticketEventTypes = [
  'OPENED',
  'TAKEN',
  'ASSIGNED',
  'ROUTED',
  'COMMENTED',
  'NOTE_ADDED',
  'INFORMATION_REQUESTED',
  'SOLUTION_PROPOSED',
  'SOLUTION_ACCEPTED',
  'SOLUTION_REFUSED',
  'REOPENED',
  'VALIDATION_STARTED',
  'TIMER_RESTARTED',
  'CLOSED',
  'CANCELLED',
  'ATTACHMENTS_CHANGED',
] as const;
export type TicketEventType = (typeof ticketEventTypes)[number];
export const TicketEventTypeEnum = enumOf(ticketEventTypes, 'TicketEventType', 'What happened to a ticket.');

/** Its ticket was admitted with it; what is left is that notes are internal and the house's own events nobody's. */
const eventSeen = policy('ticketEventSeen', (viewer: Viewer, { audience }: EventRow) => audience === 'PUBLIC' || (audience === 'INTERNAL' && isStaff(viewer)));

const field = (name: string): string => `${name}: TicketEvent!`;
const CHANGED = field('ticketChanged(ticketId: ID!, after: String)');
const ANY_CHANGED = field('ticketsChanged(filter: TicketFilter, after: String)');
const ANSWERED = `audience: "_ticketEventAudience", answers: ["matches: Boolean!"]`;

@ObjectType('TicketEvent', { description: 'Something that happened to a ticket, pushed live.' })
@Directive('@key(fields: "id")')
@Directive(`@live(field: "${CHANGED}", aggregate: "ticketId", ${ANSWERED})`)
@Directive(`@live(field: "${ANY_CHANGED}", ${ANSWERED})`)
@Guard(eventSeen)
export class TicketEventFace {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType('HistoryEntry', { description: 'A row of a ticket’s history.' })
@Guard(eventSeen)
export class HistoryEntryFace {
  @Field(() => ID, { description: 'Global id of the event.' })
  id: string;
}

@ObjectType('HistoryEdge', { description: 'A row of the history in a page.' })
@Guard(withItsParent)
export class HistoryEdge {
  @Field(() => HistoryEntryFace, { description: 'What happened.' })
  node: HistoryEntryFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('HistoryConnection', { description: 'A page of the history, oldest first.' })
@Guard(withItsParent)
export class HistoryConnection {
  @Field(() => [HistoryEdge], { description: 'The page.' })
  edges: HistoryEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

