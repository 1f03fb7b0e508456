import { DateTime, Guard, Json, NodeFace, UserErrorFace, withItsParent } from '@atende/service';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AnswerInput, OpeningContextInput } from '../form/form.graphql.ts';
import type { Channel, TicketPriority } from '../lifecycle/ticket-status.ts';
import { ContactChannelEnum, PriorityEnum } from '../ticket/ticket.graphql.ts';
import { draftSeen } from './draft.policy.ts';
import type { TicketDraft } from './ticket-draft.ts';

@ObjectType({ description: 'A file.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class Attachment {
  @Field(() => ID, { description: 'Global id.' })
  id: string;
}

@ObjectType('DraftAnswer', { description: 'An answer as it was typed, right or wrong.' })
@Guard(withItsParent)
export class DraftAnswerFace {
  @Field(() => String, { description: 'Key of the field.' })
  field: string;
  @Field(() => Json, { nullable: true, description: 'What `AnswerInput` takes.' })
  value: unknown;
}

@ObjectType('DroppedAnswer', {
  description: 'An answer that the form has no place for since its newer version; kept until the draft is saved again.',
})
@Guard(withItsParent)
export class DroppedAnswerFace extends DraftAnswerFace {
  @Field(() => String, { description: 'What the field was called.' })
  label: string;
  @Field(() => String, { description: 'The value in words, as they were.' })
  displayValue: string;
}

@ObjectType('DraftOnBehalfOf', { description: 'In whose name staff opens.' })
@Guard(withItsParent)
export class DraftOnBehalfOf {
  @Field(() => ID, { description: 'The client organization.' })
  organizationId: string;
  @Field(() => ID, { description: 'Its contact.' })
  contactId: string;
}

@ObjectType('DraftContext', { description: 'For whom and how it is to be opened: what `OpeningContextInput` takes.' })
@Guard(withItsParent)
export class DraftContext {
  @Field(() => ID, { nullable: true, description: 'Which of the person’s organizations.' })
  organizationId: string | null;
  @Field(() => DraftOnBehalfOf, { nullable: true, description: 'In whose name.' })
  onBehalfOf: DraftOnBehalfOf | null;
  @Field(() => ContactChannelEnum, { nullable: true, description: 'PHONE, or derived.' })
  channel: Channel | null;
  @Field(() => [String], { description: 'Addresses that get a copy, as typed.' })
  watchers: string[];
  @Field(() => [ID], { description: 'Receipts of uploaded files.' })
  attachmentIds: string[];
}

@ObjectType('TicketDraft', {
  implements: NodeFace,
  description: 'A form that is not sent yet. Only the person who typed it has it, on every device.',
})
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "drf")')
@Guard(draftSeen)
export class TicketDraftFace implements Pick<TicketDraft, 'id' | 'requestType' | 'version' | 'createdAt'> {
  @Field(() => ID, { description: 'Global id; a template’s is nobody’s.' })
  id: string;
  @Field(() => String, { description: 'Code of the request type.' })
  requestType: string;
  @Field(() => Int, { description: 'Counts what was saved; give it as `expectedVersion`. 0: a template, which is not stored.' })
  version: number;
  @Field(() => DateTime, { description: 'When it was begun.' })
  createdAt: Date;
}

@InputType({ description: 'What was typed so far, right or wrong.' })
export class SaveDraftInput {
  @Field(() => String, {
    nullable: true,
    description: 'Required of a new draft: a key of the client’s own; a repeat with it gives the same draft.',
  })
  clientKey: string | null;
  @Field(() => ID, { nullable: true, description: 'The draft to go on with; a new one when absent.' })
  draftId: string | null;
  @Field(() => Int, { nullable: true, description: 'Required with `draftId`. CONFLICT when the draft has another version.' })
  expectedVersion: number | null;
  @Field(() => ID, { description: 'The form it was typed into.' })
  formId: string;
  @Field(() => [AnswerInput], { description: 'All answers, as typed.' })
  answers: AnswerInput[];
  @Field(() => OpeningContextInput, { nullable: true, description: 'For whom and how it is to be opened.' })
  context: OpeningContextInput | null;
  @Field(() => PriorityEnum, { nullable: true, description: 'How soon it is wished for.' })
  requestedPriority: TicketPriority | null;
}

@InputType({ description: 'A draft to be erased.' })
export class DiscardDraftInput {
  @Field(() => ID, { description: 'One’s own draft.' })
  draftId: string;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the draft has another version.' })
  expectedVersion: number | null;
}

@ObjectType({ description: 'The draft after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class SaveDraftPayload {
  @Field(() => TicketDraftFace, { nullable: true, description: 'The draft as it is now.' })
  draft?: TicketDraftFace | null;
  @Field(() => [UserErrorFace], {
    description: 'What was refused: only what is too much. What is wrong with answers stands in `draft.evaluation`.',
  })
  errors: UserErrorFace[];
}

@ObjectType({ description: 'What was erased.' })
@Guard(withItsParent)
export class DiscardDraftPayload {
  @Field(() => ID, { nullable: true, description: 'The draft that is no more.' })
  draftId?: string | null;
  @Field(() => [UserErrorFace], { description: 'What is wrong with the input.' })
  errors: UserErrorFace[];
}
