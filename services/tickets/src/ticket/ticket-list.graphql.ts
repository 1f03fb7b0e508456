import { DateTime, enumOf, Guard, PageInfoFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type ServiceArea, serviceAreas } from '../form/form.ts';
import type { Awaiting, Channel, Level, TicketStatus } from '../lifecycle/ticket-status.ts';
import { AwaitingEnum, ClassificationEnum, ContactChannelEnum, SeverityEnum, TicketFace, TicketStatusEnum } from './ticket.graphql.ts';
import type { TicketFilter } from './ticket-filter.ts';
import { ticketOrders } from './ticket-order.ts';

export const ServiceAreaEnum = enumOf(serviceAreas, 'ServiceAreaCode', 'An entry of the menu.');
export const TicketOrderEnum = enumOf(ticketOrders, 'TicketOrder', 'How a list is sorted.');

@InputType('TicketFilter', { description: 'Every part that is given must hold; lists mean “one of”.' })
export class TicketFilterInput implements TicketFilter {
  @Field(() => [TicketStatusEnum], { nullable: true, description: 'Where it stands.' })
  status: TicketStatus[] | null;
  @Field(() => ID, { nullable: true, description: 'Its client organization.' })
  organizationId: string | null;
  @Field(() => ID, { nullable: true, description: 'The contact in whose name it stands.' })
  requesterId: string | null;
  @Field(() => ID, { nullable: true, description: 'The analyst it is assigned to.' })
  assigneeId: string | null;
  @Field(() => ID, { nullable: true, description: 'The support group.' })
  groupId: string | null;
  @Field(() => ID, { nullable: true, description: 'The product chosen in its form.' })
  product: string | null;
  @Field(() => [String], { nullable: true, description: 'Codes of request types.' })
  requestType: string[] | null;
  @Field(() => [ServiceAreaEnum], { nullable: true, description: 'Entries of the menu.' })
  serviceArea: ServiceArea[] | null;
  @Field(() => [SeverityEnum], { nullable: true, description: 'How bad.' })
  severity: Level[] | null;
  @Field(() => [ContactChannelEnum], { nullable: true, description: 'How it came.' })
  channel: Channel[] | null;
  @Field(() => ClassificationEnum, { nullable: true, description: 'Whether its form is filled in.' })
  classification: 'COMPLETE' | 'TO_CLASSIFY' | null;
  @Field(() => String, { nullable: true, description: 'A part of the subject, or the number. Refused in subscriptions.' })
  text: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Opened after this moment.' })
  openedAfter: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Opened before this moment.' })
  openedBefore: Date | null;
  @Field(() => AwaitingEnum, { nullable: true, description: 'Who has to act next.' })
  awaiting: Awaiting | null;
}

@ObjectType('TicketEdge', { description: 'A ticket in a page.' })
@Guard(withItsParent)
export class TicketEdge {
  @Field(() => TicketFace, { description: 'The ticket.' })
  node: TicketFace;
  @Field(() => String, { description: 'Where it stands in the list.' })
  cursor: string;
}

@ObjectType('TicketConnection', { description: 'A page of tickets.' })
@Guard(withItsParent)
export class TicketConnection {
  @Field(() => [TicketEdge], { description: 'The page.' })
  edges: TicketEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
  @Field(() => String, { description: 'Give it as `after` to `ticketsChanged`: nothing is missed since this page was read.' })
  liveCursor: string;
}

@ObjectType('StatusCount', { description: 'Tickets in a status.' })
@Guard(withItsParent)
export class StatusCount {
  @Field(() => TicketStatusEnum, { description: 'The status.' })
  status: TicketStatus;
  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType('SeverityCount', { description: 'Tickets of a severity.' })
@Guard(withItsParent)
export class SeverityCount {
  @Field(() => SeverityEnum, { description: 'The severity.' })
  severity: Level;
  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType('AwaitingCount', { description: 'Tickets that wait for somebody.' })
@Guard(withItsParent)
export class AwaitingCount {
  @Field(() => AwaitingEnum, { description: 'For whom.' })
  awaiting: Awaiting;
  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType('TicketCounts', { description: 'Counts of the tickets the viewer sees.' })
@Guard(withItsParent)
export class TicketCountsFace {
  @Field(() => Int, { description: 'All of them.' })
  total: number;
  @Field(() => [StatusCount], { description: 'By status; those without a ticket are left out.' })
  byStatus: StatusCount[];
  @Field(() => [SeverityCount], { description: 'By severity.' })
  bySeverity: SeverityCount[];
  @Field(() => [AwaitingCount], { description: 'By who has to act.' })
  byAwaiting: AwaitingCount[];
}
