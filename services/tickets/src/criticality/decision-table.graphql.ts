import { enumOf, Guard, PageInfoFace, TextsFace, TextsInput, UserErrorFace, withItsParent } from '@atende/service';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { EnvironmentKindEnum } from '../catalogue/catalogue.graphql.ts';
import type { EnvironmentKind } from '../catalogue/catalogue.ts';
import { type Plan, plans } from '../form/form-condition.ts';
import { SeverityEnum } from '../ticket/ticket.graphql.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import { type BusinessStoppage, businessStoppages, type Conditions, type CriticalityInput, type Severity } from './criticality.ts';

export const PlanEnum = enumOf(plans, 'OrganizationPlan', 'What an organization pays for.');
export const BusinessStoppageEnum = enumOf(businessStoppages, 'BusinessStoppage', 'What has stopped in the business.');

type Asked = { [Factor in keyof Conditions]-?: NonNullable<Conditions[Factor]> | null };
const CODES = { nullable: true, description: 'Codes of the catalogue; absent: any.' };
const VALUES = { nullable: true, description: 'Absent: any.' };

@ObjectType('CriticalityConditions', { description: 'What a row asks for: one of these of each that it names.' })
@InputType('CriticalityConditionsInput', { description: 'What a row asks for: one of these of each that it names; absent is any.' })
@Guard(withItsParent)
export class CriticalityConditions implements Asked {
  @Field(() => [String], CODES)
  category: string[] | null;
  @Field(() => [String], CODES)
  origin: string[] | null;
  @Field(() => [String], CODES)
  effect: string[] | null;
  @Field(() => [String], CODES)
  impact: string[] | null;
  @Field(() => [PlanEnum], VALUES)
  plan: Plan[] | null;
  @Field(() => [EnvironmentKindEnum], VALUES)
  environmentKind: EnvironmentKind[] | null;
  @Field(() => [BusinessStoppageEnum], VALUES)
  businessStoppage: BusinessStoppage[] | null;
  @Field(() => [Boolean], VALUES)
  inClientCustomization: boolean[] | null;
}

const CODE = { nullable: true, description: 'Code of the catalogue; null: nobody said.' };
const VALUE = { nullable: true, description: 'Null: nobody said.' };

@ObjectType('CriticalityFacts', { description: 'What is known of a ticket where criticality is decided.' })
@InputType('CriticalityFactsInput', { description: 'What is known of a ticket; what is left out nobody said.' })
@Guard(withItsParent)
export class CriticalityFacts implements CriticalityInput {
  @Field(() => String, CODE)
  category: string | null;
  @Field(() => String, CODE)
  origin: string | null;
  @Field(() => String, CODE)
  effect: string | null;
  @Field(() => String, CODE)
  impact: string | null;
  @Field(() => PlanEnum, VALUE)
  plan: Plan | null;
  @Field(() => EnvironmentKindEnum, VALUE)
  environmentKind: EnvironmentKind | null;
  @Field(() => BusinessStoppageEnum, VALUE)
  businessStoppage: BusinessStoppage | null;
  @Field(() => Boolean, VALUE)
  inClientCustomization: boolean | null;
}

@ObjectType('DecisionRow', { description: 'A row of the decision table: the first that matches decides.' })
@Guard(withItsParent)
export class DecisionRowFace {
  @Field(() => CriticalityConditions, { description: 'What it asks for.' })
  when: Conditions;
  @Field(() => SeverityEnum, { description: 'The criticality that it gives.' })
  value: Severity;
  @Field(() => TextsFace, { description: 'Why, as tickets show it.' })
  reason: unknown;
}

@InputType('DecisionRowInput', { description: 'A row of the decision table.' })
export class DecisionRowInput {
  @Field(() => String, { description: 'Its name, which tickets keep: small letters, digits and "-", 60 at most.' })
  rule: string;
  @Field(() => CriticalityConditions, { description: 'What it asks for; the last row asks for nothing.' })
  when: CriticalityConditions;
  @Field(() => SeverityEnum, { description: 'The criticality that it gives.' })
  value: Severity;
  @Field(() => TextsInput, { description: 'Why, in all three languages, each 200 characters at most.' })
  reason: TextsInput;
}

@ObjectType('DecisionTable', { description: 'An edition of the decision table of criticality. It never changes.' })
@Guard(bySupervisor)
export class DecisionTableFace {
  @Field(() => Int, { description: 'Counts editions; the newest decides.' })
  edition: number;
  @Field(() => [DecisionRowFace], { description: 'Rows in order: the first that matches decides, the last always does.' })
  rows: DecisionRowFace[];
}

@ObjectType('DecisionTableEdge', { description: 'An edition in a page.' })
@Guard(withItsParent)
export class DecisionTableEdge {
  @Field(() => DecisionTableFace, { description: 'The edition.' })
  node: DecisionTableFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('DecisionTableConnection', { description: 'Editions of the decision table, the newest first.' })
@Guard(withItsParent)
export class DecisionTableConnection {
  @Field(() => [DecisionTableEdge], { description: 'The page.' })
  edges: DecisionTableEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@InputType('SaveDecisionTableInput', { description: 'The whole table, in its order.' })
export class SaveDecisionTableInput {
  @Field(() => [DecisionRowInput], { description: 'One to a hundred; the last asks for nothing.' })
  rows: DecisionRowInput[];
  @Field(() => Int, { description: 'The edition that the change is based on: CONFLICT when there is a newer one.' })
  expectedEdition: number;
}

@ObjectType('DecisionTablePayload', { description: 'The new edition, or why there is none.' })
@Guard(withItsParent)
export class DecisionTablePayload {
  @Field(() => DecisionTableFace, { nullable: true, description: 'The edition that decides now.' })
  decisionTable?: DecisionTableFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}
