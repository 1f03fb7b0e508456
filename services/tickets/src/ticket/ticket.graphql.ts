import { CHANNELS, LEVELS, PRIORITIES, RESOLUTIONS, STAGES, TICKET_STATUSES } from '@atende/events';
import { DateTime, enumOf, Guard, Json, NodeFace, UserErrorFace, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ImmediateAttention } from '../criticality/criticality.ts';
import type { Channel, Level, TicketPriority, TicketResolution, TicketStage, TicketStatus } from '../lifecycle/ticket-status.ts';
import { AWAITING, ticketActions } from '../lifecycle/ticket-status.ts';
import { type Party, PartyUnion } from '../people.graphql.ts';
import { ticketSeen } from './ticket.policy.ts';
import type { TicketRow } from './ticket.schema.ts';

export const TicketStatusEnum = enumOf(TICKET_STATUSES, 'TicketStatus', 'Where a ticket stands.');
export const TicketStageEnum = enumOf(STAGES, 'TicketStage', 'Who works on it at the vendor.');
export const SeverityEnum = enumOf(LEVELS, 'Severity', 'How bad it is.');
export const PriorityEnum = enumOf(PRIORITIES, 'Priority', 'How soon it is worked on.');
export const ResolutionEnum = enumOf(RESOLUTIONS, 'Resolution', 'What kind of solution it was.');
export const ContactChannelEnum = enumOf(CHANNELS, 'ContactChannel', 'How a ticket came.');
export const AwaitingEnum = enumOf(AWAITING, 'Awaiting', 'Who has to act next.');
export const ClassificationEnum = enumOf(['COMPLETE', 'TO_CLASSIFY'] as const, 'Classification', 'Whether its form is filled in.');
export const ImmediateAttentionEnum = enumOf(
  ['INVOICING_STOPPED', 'SHIPPING_STOPPED'] as const,
  'ImmediateAttention',
  'Why a ticket needs attention at once.',
);
export const TicketActionEnum = enumOf(ticketActions, 'TicketAction', 'What somebody may do to a ticket.');

@ObjectType('Criticality', { description: 'What the decision table said.' })
@Guard(withItsParent)
export class CriticalityFace {
  @Field(() => SeverityEnum, { description: 'The value.' })
  value: Level;
  @Field(() => Int, { nullable: true, description: 'Edition of the decision table; null: none that was saved.' })
  edition: number | null;
  @Field(() => String, { nullable: true, description: 'The row of the decision table that decided.' })
  rule: string | null;
  @Field(() => String, { nullable: true, description: 'Why, for people.' })
  reason: string | null;
  @Field(() => Boolean, { description: 'Sales invoicing or shipping is at a standstill.' })
  immediateAttention: boolean;
  @Field(() => ImmediateAttentionEnum, { nullable: true, description: 'Which of them.' })
  immediateAttentionReason: ImmediateAttention | null;
}

@ObjectType('TicketAnswer', { description: 'An answer as it was given and shown when the ticket was opened.' })
@Guard(withItsParent)
export class TicketAnswerFace {
  @Field(() => String, { description: 'Key of the field in the form.' })
  field: string;
  @Field(() => String, { description: 'What the form called it.' })
  label: string;
  @Field(() => Json, { nullable: true, description: 'The value; option ids for options.' })
  value: unknown;
  @Field(() => String, { description: 'The value in words.' })
  displayValue: string;
  @Field(() => PartyUnion, { nullable: true, description: 'Whom an automatic field shows; their names are identity’s.' })
  party: Party | null;
}

@ObjectType('DueTransition', { description: 'What time will do to the ticket if nobody acts.' })
@Guard(withItsParent)
export class DueTransitionFace {
  @Field(() => TicketStatusEnum, { description: 'The status it will have.' })
  to: TicketStatus;
  @Field(() => DateTime, { description: 'When.' })
  at: Date;
}

@ObjectType('Ticket', { implements: NodeFace, description: 'A support ticket (chamado).' })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "tkt")')
@Guard(ticketSeen)
export class TicketFace
  implements
    Pick<
      TicketRow,
      'id' | 'number' | 'version' | 'subject' | 'description' | 'status' | 'stage' | 'severity' | 'priority' | 'requestedPriority'
    >,
    Pick<TicketRow, 'classification' | 'resolution' | 'requestType' | 'channel' | 'watchers' | 'createdAt' | 'lastInteractionAt'>
{
  @Field(() => ID, { description: 'Global id.' })
  id: string;
  @Field(() => String, { description: 'Short number for people.' })
  number: string;
  @Field(() => Int, { description: 'Counts changes; give it as `expectedVersion` to change only what you have seen.' })
  version: number;
  @Field(() => String, { description: 'What it is about.' })
  subject: string;
  @Field(() => String, { nullable: true, description: 'The incident, in the words of whoever opened it.' })
  description: string | null;
  @Field(() => TicketStatusEnum, { description: 'Where it stands.' })
  status: TicketStatus;
  @Field(() => TicketStageEnum, { description: 'Who works on it.' })
  stage: TicketStage;
  @Field(() => SeverityEnum, { description: 'Starts as criticality.' })
  severity: Level;
  @Field(() => PriorityEnum, { nullable: true, description: 'What was wished for when it was opened.' })
  requestedPriority: TicketPriority | null;
  @Field(() => PriorityEnum, { description: 'How soon it is worked on.' })
  priority: TicketPriority;
  @Field(() => ClassificationEnum, { description: 'Whether its form is filled in.' })
  classification: 'COMPLETE' | 'TO_CLASSIFY';
  @Field(() => ResolutionEnum, { nullable: true, description: 'What kind of solution was sent.' })
  resolution: TicketResolution | null;
  @Field(() => String, { description: 'Code of its request type.' })
  requestType: string;
  @Field(() => ContactChannelEnum, { description: 'How it came.' })
  channel: Channel;
  @Field(() => [String], { description: 'Addresses that get a copy of every public movement.' })
  watchers: string[];
  @Field(() => DateTime, { description: 'When it was opened.' })
  createdAt: Date;
  @Field(() => DateTime, { description: 'When somebody last wrote or moved it in public.' })
  lastInteractionAt: Date;
}

@ObjectType('TicketPayload', { description: 'The ticket after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class TicketPayload {
  @Field(() => TicketFace, { nullable: true, description: 'The ticket as it is now.' })
  ticket?: TicketFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}

@InputType({ description: 'A message on a ticket.' })
export class TicketMessageInput {
  @Field(() => String, { description: 'A key of the client’s own: a repeat with it changes nothing more.' })
  clientKey: string;
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => String, { description: 'Plain text, at most 60,000 characters.' })
  body: string;
  @Field(() => [ID], { nullable: true, description: 'Receipts of uploaded files.' })
  attachmentIds: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Articles that go with it.' })
  articleIds: string[] | null;
  @Field(() => ResolutionEnum, { nullable: true, description: 'What kind of solution it is; proposeSolution only.' })
  resolution: TicketResolution | null;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the ticket has another version.' })
  expectedVersion: number | null;
}

@InputType({ description: 'Something done to a ticket.' })
export class TicketActionInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the ticket has another version.' })
  expectedVersion: number | null;
  @Field(() => String, { nullable: true, description: 'Why, in public.' })
  reason: string | null;
}
