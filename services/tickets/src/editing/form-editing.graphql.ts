import { DateTime, enumOf, Guard, supervisorOnly, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type FormDefectRule, formDefectRules } from '../form/form-defect.ts';
import { type FormStatus, formStatuses } from '../form/form-version.ts';
import { Analyst } from '../people.graphql.ts';
import { changeKinds, type FormChange, formParts } from './form-diff.ts';
import { formVersionSeen } from './form-editing.policy.ts';

export const FormStatusEnum = enumOf(formStatuses, 'FormStatus', 'Where a version of a form stands.', {
  DRAFT: 'Being written: supervisors alone see it, and nothing is opened with it.',
  PUBLISHED: 'What is opened now.',
  SUPERSEDED: 'Was published: still opens for 24 hours, and draws its tickets for ever.',
});
const FormDefectRuleEnum = enumOf(formDefectRules, 'FormDefectRule', 'What can be wrong with a form.');

@ObjectType('FormDefect', { description: 'What is wrong at one place of a draft.' })
@Guard(withItsParent)
export class FormDefectFace {
  @Field(() => FormDefectRuleEnum, { description: 'What is wrong.' })
  rule: FormDefectRule;
  @Field(() => [String], { description: 'Where, into the definition: steps, 0, fields, 3, options, parent. Empty: the whole.' })
  path: string[];
  @Field(() => String, { description: 'For people, in the language asked for.' })
  message: string;
}

@ObjectType('FormVersion', { description: 'A version of the form of a request type.' })
@Guard(formVersionSeen)
export class FormVersionFace {
  @Field(() => ID, { description: 'Global id: the `formId` of everything that takes one.' })
  id: string;
  @Field(() => String, { description: 'Code of the request type.' })
  requestType: string;
  @Field(() => Int, { description: 'Counts versions.' })
  version: number;
  @Field(() => FormStatusEnum, { description: 'Where it stands.' })
  status: FormStatus;
  @Field(() => Int, { description: 'Grows with every change; give it as `expectedVersion`.' })
  revision: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was published.' })
  publishedAt: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was superseded, by another version or by nothing.' })
  supersededAt: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When the draft was saved last.' })
  savedAt: Date | null;
  @Field(() => Analyst, { nullable: true, description: 'Who saved the draft last, or published the version; null: the system.' })
  @Guard(supervisorOnly)
  author?: Analyst | null;
  @Field(() => String, {
    nullable: true,
    description: 'Every part of it, as JSON text; `formDefinitionSchema` says what it may hold. For supervisors.',
  })
  @Guard(supervisorOnly)
  definition: string;
}

@InputType({ description: 'The next version of a form: begun with `clientKey` and `requestType`, then saved with `formId`.' })
export class SaveFormDraftInput {
  @Field(() => String, { nullable: true, description: 'A key of the client’s own, for a new draft: a repeat with it gives the same.' })
  clientKey: string | null;
  @Field(() => String, { nullable: true, description: 'Of a new draft; a code that does not exist yet becomes a new request type.' })
  requestType: string | null;
  @Field(() => ID, { nullable: true, description: 'A version that a new draft begins as; the newest of its request type when absent.' })
  basedOnId: string | null;
  @Field(() => ID, { nullable: true, description: 'The draft to be saved.' })
  formId: string | null;
  @Field(() => Int, { nullable: true, description: 'With `formId`: CONFLICT when the draft has another `revision`.' })
  expectedVersion: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'JSON text of at most 131,072 characters, kept as it is. What is wrong with it is told in `defects`, never refused.',
  })
  definition: string | null;
}

@InputType({ description: 'A version of a form to do something with.' })
export class FormVersionInput {
  @Field(() => ID, { description: 'Which.' })
  formId: string;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when it has another `revision`.' })
  expectedVersion: number | null;
}

@ObjectType({ description: 'The version after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class FormVersionPayload {
  @Field(() => FormVersionFace, { nullable: true, description: 'The version as it is now; none where a draft was discarded.' })
  formVersion?: FormVersionFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once; defects of a form as paths into its `definition`.' })
  errors: UserErrorFace[];
}

const FormChangeKindEnum = enumOf(changeKinds, 'FormChangeKind', 'What happened to a part of a form.');
const FormPartEnum = enumOf(formParts, 'FormPart', 'What part of a form changed.');

@ObjectType('FormChange', { description: 'One thing that a version of a form says otherwise than another.' })
@Guard(withItsParent)
export class FormChangeFace {
  @Field(() => FormChangeKindEnum, { description: 'What happened.' })
  kind: FormChange['kind'];
  @Field(() => FormPartEnum, { description: 'To what.' })
  part: FormChange['part'];
  @Field(() => String, { nullable: true, description: 'Key of the step or field.' })
  key: string | null;
  @Field(() => String, { description: 'What it is called.' })
  label: string;
  @Field(() => [String], { description: 'Where it stands in the later definition; what was removed, in the earlier one.' })
  path: string[];
  @Field(() => String, { nullable: true, description: 'The property that changed, e.g. `visible`, `options.root`.' })
  property: string | null;
  @Field(() => String, { nullable: true, description: 'What was said before, in words.' })
  before: string | null;
  @Field(() => String, { nullable: true, description: 'What is said now, in words.' })
  after: string | null;
  @Field(() => String, { nullable: true, description: 'What stood there before: JSON text.' })
  beforeData: string | null;
  @Field(() => String, { nullable: true, description: 'What stands there now: JSON text.' })
  afterData: string | null;
  @Field(() => String, { description: 'The change as a sentence, in the language asked for.' })
  message: string;
}
