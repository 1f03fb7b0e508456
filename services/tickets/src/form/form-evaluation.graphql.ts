import { enumOf, Guard, Json, UserErrorFace, withItsParent } from '@atende/service';
import { Field, Int, ObjectType } from 'type-graphql';
import { CriticalityFace } from '../ticket/ticket.graphql.ts';
import { DrawnField, RequestFormFace } from './form.graphql.ts';
import { type EvaluatedOpening, type OpeningQuestion, openingQuestions } from './form-opening.ts';
import { type PersonalDataKind, personalDataKinds } from './privacy.ts';

const OpeningQuestionEnum = enumOf(openingQuestions, 'OpeningQuestion', 'What is asked beside the fields, and goes into the context.');
const PersonalDataKindEnum = enumOf(personalDataKinds, 'PersonalDataKind', 'What kind of number it is.');

@ObjectType('FieldState', { description: 'What a front end needs to draw a field now.' })
@Guard(withItsParent)
export class FieldStateFace extends DrawnField {
  @Field(() => String, { nullable: true, description: 'Key of the step it stands on; null on the checklist.' })
  step: string | null;
  @Field(() => Boolean, { description: 'Whether it is shown.' })
  visible: boolean;
  @Field(() => Boolean, { description: 'Whether its value is given and refuses another.' })
  fixed: boolean;
  @Field(() => Json, { nullable: true, description: 'Its value, in canonical form.' })
  value: unknown;
  @Field(() => String, { nullable: true, description: 'The value in words.' })
  displayValue: string | null;
}

@ObjectType('Completeness', { description: 'How complete the checklist is.' })
@Guard(withItsParent)
export class CompletenessFace {
  @Field(() => Int, { description: 'Percent.' })
  score: number;
  @Field(() => [String], { description: 'Keys that are missing.' })
  missing: string[];
}

@ObjectType('PersonalNumber', { description: 'A number in a text whose check digits hold.' })
@Guard(withItsParent)
export class PersonalNumberFace {
  @Field(() => PersonalDataKindEnum, { description: 'What it is.' })
  kind: PersonalDataKind;
  @Field(() => Int, { description: 'Where it begins in the field’s `value`, in UTF-16 units.' })
  start: number;
  @Field(() => Int, { description: 'Where it ends, exclusive.' })
  end: number;
}

@ObjectType('PrivacyHint', {
  description: 'A text that seems to hold personal numbers. No fault: the sender decides, and nothing of it is kept.',
})
@Guard(withItsParent)
export class PrivacyHintFace {
  @Field(() => String, { description: 'Key of the field.' })
  field: string;
  @Field(() => String, { description: 'What to tell the sender.' })
  message: string;
  @Field(() => [PersonalNumberFace], { description: 'The numbers, in order.' })
  numbers: PersonalNumberFace[];
  @Field(() => String, { description: 'The field’s `value` with those numbers masked: an answer to send instead.' })
  masked: string;
}

@ObjectType('FormEvaluation', {
  description: 'What the server makes of answers: the next state of the form, and all that is needed to draw it.',
})
@Guard(withItsParent)
export class FormEvaluationFace {
  /** What it is drawn from; fields that cost more are decided from it when they are asked for. */
  opening: EvaluatedOpening;
  @Field(() => RequestFormFace, { description: 'The form as it is drawn now: its steps, their buttons, what files it takes.' })
  form: RequestFormFace;
  @Field(() => [OpeningQuestionEnum], { description: 'What to ask beside the fields.' })
  asks: OpeningQuestion[];
  @Field(() => [FieldStateFace], { description: 'Every field of every step, in order.' })
  fields: FieldStateFace[];
  @Field(() => [FieldStateFace], { description: 'Every line of the checklist, in order. They are answered like fields.' })
  guidance: FieldStateFace[];
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
  @Field(() => CriticalityFace, { nullable: true, description: 'What it would be, where it is shown.' })
  criticality: CriticalityFace | null;
  @Field(() => CompletenessFace, { description: 'How complete the checklist is.' })
  completeness: CompletenessFace;
  @Field(() => [PrivacyHintFace], { description: 'Texts to look at once more before they are sent.' })
  privacyHints: PrivacyHintFace[];
}
