import { type EventData, PersonAnonymised } from '@atende/events';
import { enumOf } from '@atende/service';
import { Field, ID, InputType, Int } from 'type-graphql';

const reasons = PersonAnonymised.data.shape.reason.options;
export const AnonymisationReasonEnum = enumOf(reasons, 'AnonymisationReason', 'Why a person is anonymised.', {
  REQUESTED_BY_PERSON: 'The person asked for it.',
  RELATION_ENDED: 'Nobody they were here for needs them known any more.',
  LEGAL_OBLIGATION: 'The law asks for it.',
});

@InputType('AnonymisePersonInput', { description: 'Who is to be nobody. It cannot be undone.' })
export class AnonymisePersonInput {
  @Field(() => ID, { description: 'The person, as contacts and analysts name it to supervisors.' })
  personId: string;
  @Field(() => AnonymisationReasonEnum, { description: 'Why.' })
  reason: EventData<typeof PersonAnonymised>['reason'];
  @Field(() => Int, { nullable: true, description: 'The version it is based on: another one is a CONFLICT.' })
  expectedVersion?: number | null;
}
