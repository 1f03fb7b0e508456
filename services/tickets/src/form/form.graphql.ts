import { enumOf, Guard, Json, PageInfoFace, signedIn, withItsParent } from '@atende/service';
import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Channel, TicketPriority } from '../lifecycle/ticket-status.ts';
import { type Party, PartyUnion } from '../people.graphql.ts';
import { ContactChannelEnum, PriorityEnum } from '../ticket/ticket.graphql.ts';
import { ServiceAreaEnum } from '../ticket/ticket-list.graphql.ts';
import { type FieldKind, fieldKinds, type ServiceArea } from './form.ts';

const FieldKindEnum = enumOf(fieldKinds, 'FieldKind', 'How a field is drawn and what its value is.');

@InputType({ description: 'An answer to a field.' })
export class AnswerInput {
  @Field(() => String, { description: 'Key of the field.' })
  field: string;
  @Field(() => Json, { description: 'Text, boolean, option id or list of option ids.' })
  value: unknown;
}

@InputType({ description: 'In whose name staff opens.' })
export class OnBehalfOfInput {
  @Field(() => ID, { description: 'The client organization.' })
  organizationId: string;
  @Field(() => ID, { description: 'Its contact.' })
  contactId: string;
}

@InputType({ description: 'For whom and how.' })
abstract class OpeningInput {
  @Field(() => ID, { nullable: true, description: 'Which of the person’s organizations; needed when there are several.' })
  organizationId: string | null;
  @Field(() => OnBehalfOfInput, { nullable: true, description: 'Staff only, and required of them.' })
  onBehalfOf: OnBehalfOfInput | null;
  @Field(() => ContactChannelEnum, { nullable: true, description: 'PHONE, by staff only; everything else is derived.' })
  channel: Channel | null;
  @Field(() => [String], { nullable: true, description: 'Addresses that get a copy.' })
  watchers: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Receipts of uploaded files.' })
  attachmentIds: string[] | null;
}

@InputType({ description: 'For whom and how a form is filled in.' })
export class OpeningContextInput extends OpeningInput {
  @Field(() => ID, { nullable: true, description: 'A ticket that staff classifies: the rest of the context is the ticket’s then.' })
  ticketId: string | null;
}

@InputType({ description: 'A ticket to open.' })
export class OpenTicketInput extends OpeningInput {
  @Field(() => String, { description: 'A key of the client’s own: a repeat with it gives the same ticket.' })
  clientKey: string;
  @Field(() => ID, { description: 'The form it is opened with.' })
  formId: string;
  @Field(() => [AnswerInput], { description: 'One per field.' })
  answers: AnswerInput[];
  @Field(() => PriorityEnum, { nullable: true, description: 'How soon it is wished for.' })
  requestedPriority: TicketPriority | null;
  @Field(() => ID, { nullable: true, description: 'The draft it was typed into: it ends with the opening. A refused opening keeps it.' })
  draftId: string | null;
}

@ObjectType('AttachmentPolicy', { description: 'What files a form takes.' })
@Guard(withItsParent)
export class AttachmentPolicyFace {
  @Field(() => [String], { nullable: true, description: 'Small letters without a dot; null: any safe type.' })
  extensions: string[] | null;
  @Field(() => Boolean, { description: 'Only zip or rar.' })
  archivesOnly: boolean;
  @Field(() => Int, { description: 'How many at most.' })
  maxFiles: number;
  @Field(() => Float, { description: 'Bytes of one file at most.' })
  maxBytes: number;
}

@ObjectType('GuidanceItem', { description: 'A line of the checklist.' })
@Guard(withItsParent)
export class GuidanceItemFace {
  @Field(() => String, { description: 'Key to answer it by.' })
  field: string;
  @Field(() => String, { description: 'What is asked.' })
  label: string;
  @Field(() => String, { nullable: true, description: 'Where to find it.' })
  help: string | null;
  @Field(() => Boolean, { description: 'Whether it was answered.' })
  answered: boolean;
}

/** How a field is drawn: the same in the form as in a later state of it. */
@ObjectType()
export abstract class DrawnField {
  @Field(() => String, { description: 'Key of its answer.' })
  key: string;
  @Field(() => String, { description: 'What it is called here, now: some labels name what was chosen above.' })
  label: string;
  @Field(() => String, { nullable: true, description: 'What it means.' })
  help: string | null;
  @Field(() => FieldKindEnum, { description: 'How it is drawn.' })
  kind: FieldKind;
  @Field(() => [String], {
    description: 'Where its value goes in the input, and where `UserError.field` finds it: `answers` and its key, or an input of its own.',
  })
  path: string[];
  @Field(() => Boolean, { description: 'Whether it must be answered.' })
  required: boolean;
  @Field(() => Boolean, { description: 'A switch that can only be on.' })
  mustBeOn: boolean;
  @Field(() => [String], { description: 'Keys that its state or options depend on: evaluate again when one of them changes.' })
  dependsOn: string[];
  @Field(() => Boolean, { description: 'Whether `fieldOptions` has a list for it.' })
  hasOptions: boolean;
  @Field(() => String, { nullable: true, description: 'Key of the field below whose choice its options lie.' })
  parent: string | null;
  @Field(() => Int, { nullable: true, description: 'Characters at most.' })
  maxLength: number | null;
  @Field(() => Int, { nullable: true, description: 'Options, addresses or files at most, where it takes several.' })
  maxItems: number | null;
  @Field(() => PartyUnion, { nullable: true, description: 'Whom an automatic field shows; their names are identity’s.' })
  party: Party | null;
}

@ObjectType('FormField', { description: 'A field of a form, in the state in which the form is drawn.' })
@Guard(withItsParent)
export class FormFieldFace extends DrawnField {
  @Field(() => Json, { nullable: true, description: 'The value it is fixed to.' })
  fixedValue: unknown;
}

@ObjectType('FormStep', { description: 'A step of a form.' })
@Guard(withItsParent)
export class FormStepFace {
  @Field(() => String, { description: 'Key of the step.' })
  key: string;
  @Field(() => String, { description: 'Its title.' })
  title: string;
  @Field(() => String, { description: 'What its button says.' })
  submitLabel: string;
  @Field(() => [FormFieldFace], { description: 'Fields in order.' })
  fields: FormFieldFace[];
}

@ObjectType('RequestForm', { description: 'A version of the form of a request type.' })
@Guard(withItsParent)
export class RequestFormFace {
  @Field(() => ID, { description: 'Global id of the version.' })
  id: string;
  @Field(() => String, { description: 'Code of the request type.' })
  requestType: string;
  @Field(() => Int, { description: 'Counts versions.' })
  version: number;
  @Field(() => String, { description: 'What the request type is called.' })
  title: string;
  @Field(() => [FormStepFace], { description: 'Its steps in order.' })
  steps: FormStepFace[];
  @Field(() => AttachmentPolicyFace, { description: 'What files it takes.' })
  attachmentPolicy: AttachmentPolicyFace;
  @Field(() => [GuidanceItemFace], { description: 'The checklist.' })
  guidance: GuidanceItemFace[];
}

@ObjectType('FieldOption', { description: 'An option of a field: an entry of the catalogue.' })
@Directive('@key(fields: "id")')
@Guard(signedIn)
export class FieldOptionFace {
  @Field(() => ID, { description: 'Global id: the value of an answer.' })
  id: string;
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => String, { description: 'What it is called.' })
  label: string;
  @Field(() => String, { nullable: true, description: 'What it means.' })
  help: string | null;
  @Field(() => Boolean, { description: 'Whether the catalogue has something below it.' })
  children: boolean;
  @Field(() => Boolean, { description: 'Taken out of use: tickets keep it, nobody can choose it any more.' })
  retired: boolean;
  @Field(() => Int, { description: 'Counts changes; give it as `expectedVersion` to change only what you have seen.' })
  version: number;
}

@ObjectType('FieldOptionEdge', { description: 'An option in a page.' })
@Guard(withItsParent)
export class FieldOptionEdge {
  @Field(() => FieldOptionFace, { description: 'The option.' })
  node: FieldOptionFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('FieldOptionConnection', { description: 'A page of an option list.' })
@Directive('@key(fields: "id", resolvable: false)')
@Guard(withItsParent)
export class FieldOptionConnection {
  @Field(() => ID, { description: 'Id of the list, the same in every form that offers it. Opaque.' })
  id: string;
  @Field(() => [FieldOptionEdge], { description: 'The page.' })
  edges: FieldOptionEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@ObjectType('RequestType', { description: 'Something that can be asked for.' })
@Guard(withItsParent)
export class RequestTypeFace {
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => String, { description: 'What it is called.' })
  title: string;
  @Field(() => ID, { description: 'The published form.' })
  formId: string;
}

@ObjectType('ServiceArea', { description: 'An entry of the menu, with what the viewer may open in it.' })
@Guard(withItsParent)
export class ServiceAreaFace {
  @Field(() => ServiceAreaEnum, { description: 'Its code.' })
  code: ServiceArea;
  @Field(() => String, { description: 'What it is called.' })
  label: string;
  @Field(() => [RequestTypeFace], { description: 'What can be asked for.' })
  requestTypes: RequestTypeFace[];
}
