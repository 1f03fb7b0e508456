import { Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, Int, ObjectType } from 'type-graphql';
import { CriticalityFace, TicketFace } from '../ticket/ticket.graphql.ts';
import { CriticalityFacts } from './decision-table.graphql.ts';
import type { Missed } from './decision-trial.ts';

const FACTOR = { description: 'As `when` of a row calls it.' };
const ERRORS = { description: 'Everything that saving these rows would refuse, as paths from `rows`.' };

@ObjectType('MissedCondition', { description: 'A condition of a row that did not hold.' })
@Guard(withItsParent)
export class MissedCondition implements Missed {
  @Field(() => String, FACTOR)
  factor: Missed['factor'];
  @Field(() => [String], { description: 'One of these was asked for.' })
  asked: string[];
  @Field(() => String, { nullable: true, description: 'What the ticket says; null: nothing.' })
  given: string | null;
}

@ObjectType('PassedRow', { description: 'A row above the one that decides.' })
@Guard(withItsParent)
export class PassedRow {
  @Field(() => String, { description: 'Its name.' })
  rule: string;
  @Field(() => [MissedCondition], { description: 'Why it does not decide.' })
  missed: MissedCondition[];
}

@ObjectType('CriticalityTrace', { description: 'Which row of a decision table decides on a ticket, and why no row above it does.' })
@Guard(withItsParent)
export class CriticalityTrace {
  @Field(() => CriticalityFacts, { description: 'What was looked at.' })
  facts: CriticalityFacts;
  @Field(() => CriticalityFace, { nullable: true, description: 'What the table makes of it; null: it has no row.' })
  criticality: CriticalityFace | null;
  @Field(() => [PassedRow], { description: 'The rows above the one that decides.' })
  passed: PassedRow[];
  @Field(() => [String], { description: 'What bars immediate attention, as `when` of a row calls it.' })
  attentionBarredBy: string[];
  @Field(() => [UserErrorFace], ERRORS)
  errors: UserErrorFace[];
}

@ObjectType('CriticalityChange', { description: 'A ticket on which other rows would have decided otherwise.' })
@Guard(withItsParent)
export class CriticalityChange {
  @Field(() => TicketFace, { nullable: true, description: 'The ticket; it keeps what decided on it.' })
  ticket: TicketFace | null;
  @Field(() => CriticalityFace, { description: 'By the table in force.' })
  before: CriticalityFace;
  @Field(() => CriticalityFace, { description: 'By these rows.' })
  after: CriticalityFace;
}

@ObjectType('CriticalityDryRun', { description: 'What rows that nobody saved would change.' })
@Guard(withItsParent)
export class CriticalityDryRun {
  @Field(() => Int, { description: 'How many tickets were looked at.' })
  looked: number;
  @Field(() => [CriticalityChange], { description: 'Those on which another row or value would decide, the newest first.' })
  changes: CriticalityChange[];
  @Field(() => [UserErrorFace], ERRORS)
  errors: UserErrorFace[];
}
