import { Guard, TextsInput, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Analyst, AnalystLevel } from './analyst.ts';
import type { Group, GroupKind } from './group.ts';
import { AnalystFace, AnalystLevelEnum, GroupFace, GroupKindEnum } from './staff.graphql.ts';

const CLIENT_KEY = { nullable: true, description: 'The caller’s own key, for a new one: the same key and input give the same one.' };
const EXPECTED = { nullable: true, description: 'The version the change is based on: another one is a CONFLICT.' };

@InputType('SaveGroupInput', { description: 'A new support group, or changes of one: what is absent stays as it is.' })
export class SaveGroupInput {
  @Field(() => String, CLIENT_KEY)
  clientKey?: string | null;
  @Field(() => ID, { nullable: true, description: 'The group that changes; absent for a new one.' })
  groupId?: string | null;
  @Field(() => Int, EXPECTED)
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Of a new group: short and unique, e.g. n1-software.' })
  code?: string | null;
  @Field(() => GroupKindEnum, { nullable: true, description: 'Of a new group; SUPPORT when absent. There is one ombudsman group.' })
  kind?: GroupKind | null;
  @Field(() => TextsInput, { nullable: true, description: 'Name.' })
  names?: TextsInput | null;
  @Field(() => [ID], { nullable: true, description: 'Who is in it: exactly these analysts.' })
  memberIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Takes tickets. The ombudsman group always does.' })
  active?: boolean | null;
}

@InputType('SaveAnalystInput', { description: 'A new analyst, or changes of one: what is absent stays as it is. Groups are saveGroup’s.' })
export class SaveAnalystInput {
  @Field(() => String, CLIENT_KEY)
  clientKey?: string | null;
  @Field(() => ID, { nullable: true, description: 'The analyst who changes; absent for a new one.' })
  analystId?: string | null;
  @Field(() => Int, EXPECTED)
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Of a new analyst: the login.' })
  email?: string | null;
  @Field(() => String, { nullable: true, description: 'Name, as clients read it.' })
  name?: string | null;
  @Field(() => AnalystLevelEnum, { nullable: true, description: 'Level; N1 for a new analyst when absent.' })
  level?: AnalystLevel | null;
  @Field(() => [ID], { nullable: true, description: 'Modules of expertise, entries of the catalogue; 100 at most.' })
  moduleIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Manages groups, routing, catalogue, forms, policies and reports.' })
  supervisor?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Works here. Never the last supervisor away.' })
  active?: boolean | null;
}

@InputType('SetAvailabilityInput', { description: 'Whether an analyst takes new tickets.' })
export class SetAvailabilityInput {
  @Field(() => ID, { nullable: true, description: 'Whose; one’s own when absent.' })
  analystId?: string | null;
  @Field(() => Boolean, { description: 'Takes new tickets now.' })
  available: boolean;
  @Field(() => Int, EXPECTED)
  expectedVersion?: number | null;
}

@ObjectType('GroupPayload', { description: 'The group after a change, or why there was none.' })
@Guard(withItsParent)
export class GroupPayload {
  @Field(() => GroupFace, { nullable: true, description: 'The group as it is now.' })
  group: Group | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}

@ObjectType('AnalystPayload', { description: 'The analyst after a change, or why there was none.' })
@Guard(withItsParent)
export class AnalystPayload {
  @Field(() => AnalystFace, { nullable: true, description: 'The analyst as they are now.' })
  analyst: Analyst | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended.' })
  errors: UserErrorFace[];
}
