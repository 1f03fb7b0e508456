import { Guard, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AnswerInput } from '../form/form.graphql.ts';
import { TicketAnswerFace } from '../ticket/ticket.graphql.ts';

@InputType({ description: 'The form of a ticket, filled in anew.' })
export class ClassifyTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { description: 'The form under which it is filed: its own or another one.' })
  formId: string;
  @Field(() => [AnswerInput], { description: 'All its answers, one per field; those before are kept in the history.' })
  answers: AnswerInput[];
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the ticket has another version.' })
  expectedVersion: number | null;
}

@ObjectType('FiledForm', { description: 'What the form of a ticket said at some time.' })
@Guard(withItsParent)
export class FiledFormFace {
  @Field(() => String, { description: 'Code of the request type; `requestForm` draws it with the version.' })
  requestType: string;
  @Field(() => Int, { nullable: true, description: 'Number of the version of the form.' })
  formVersion: number | null;
  @Field(() => String, { description: 'What the ticket was about.' })
  subject: string;
  @Field(() => String, { nullable: true, description: 'In full.' })
  description: string | null;
  @Field(() => [TicketAnswerFace], { description: 'The answers, labels as they were.' })
  answers: TicketAnswerFace[];
}

@ObjectType('TicketFormChange', { description: 'The form of a ticket before and after it was classified.' })
@Guard(withItsParent)
export class TicketFormChangeFace {
  @Field(() => FiledFormFace, { description: 'As it was.' })
  before: FiledFormFace;
  @Field(() => FiledFormFace, { description: 'As it became.' })
  after: FiledFormFace;
}
