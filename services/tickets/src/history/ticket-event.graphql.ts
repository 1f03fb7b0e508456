import type { EventRow, Viewer } from '@atende/service';
import { enumOf, Guard, isStaff, policy } from '@atende/service';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

export const ticketEventTypes = [
  'OPENED',
  'TAKEN',
  'ASSIGNED',
  'ROUTED',
  'CLASSIFIED',
  'COMMENTED',
  'NOTE_ADDED',
  'INFORMATION_REQUESTED',
  'SOLUTION_PROPOSED',
  'SOLUTION_ACCEPTED',
  'SOLUTION_REFUSED',
  'REOPENED',
  'VALIDATION_STARTED',
  'TIMER_RESTARTED',
  'REMINDED',
  'CLOSED',
  'CANCELLED',
  'ATTACHMENTS_CHANGED',
] as const;
export type TicketEventType = (typeof ticketEventTypes)[number];
export const TicketEventTypeEnum = enumOf(ticketEventTypes, 'TicketEventType', 'What happened to a ticket.');

/** Its ticket was admitted with it; what is left is that notes are internal and the house's own events nobody's. */
export const eventSeen = policy(
  'ticketEventSeen',
  (viewer: Viewer, { audience }: EventRow) => audience === 'PUBLIC' || (audience === 'INTERNAL' && isStaff(viewer)),
);

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
