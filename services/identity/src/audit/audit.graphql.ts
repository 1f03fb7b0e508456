import { OUTCOMES } from '@atende/events';
import { DateTime, enumOf, Guard, PageInfoFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type AuditAct, auditActs } from './acts.ts';
import { auditorOnly } from './audit.policy.ts';
import type { AuditLine } from './audit.queries.ts';
import type { AuditOutcome } from './audit-entry.ts';

export const AuditActEnum = enumOf(auditActs, 'AuditAct', 'What was done.', {
  ACCESS: 'Something was asked for and denied.',
  SESSION_ENDED: 'Signed out, or was signed out.',
});
export const AuditOutcomeEnum = enumOf(OUTCOMES, 'AuditOutcome', 'Whether it was done.');

@ObjectType('AuditEntry', { description: 'One act in the audit log: who, what, when, from where. Never what was written or said.' })
@Guard(auditorOnly)
export class AuditEntryFace implements AuditLine {
  @Field(() => ID, { description: 'Of the event it was taken from.' })
  id: string;
  @Field(() => DateTime, { description: 'When it was done; of repeated ones the last time.' })
  at: Date;
  @Field(() => AuditActEnum, { description: 'What was done.' })
  act: AuditAct;
  @Field(() => AuditOutcomeEnum, { description: 'Whether it was done.' })
  outcome: AuditOutcome;
  @Field(() => String, { nullable: true, description: 'Why it was refused: an error code.' })
  code: string | null;
  @Field(() => String, { nullable: true, description: 'What was asked for, as the schema names it, e.g. Query.ticket.' })
  field: string | null;
  @Field(() => ID, { nullable: true, description: 'Who: a person, contact or analyst; null: the system, or somebody who is nobody yet.' })
  actorId: string | null;
  @Field(() => ID, { nullable: true, description: 'The human being behind the actor.' })
  personId: string | null;
  @Field(() => String, { nullable: true, description: 'Their name, as it is today.' })
  actorName: string | null;
  @Field(() => ID, { nullable: true, description: 'In which session.' })
  sessionId: string | null;
  @Field(() => ID, { nullable: true, description: 'With which API key.' })
  keyId: string | null;
  @Field(() => ID, { nullable: true, description: 'What it was about; of a denial the id that was asked for.' })
  subjectId: string | null;
  @Field(() => Int, { nullable: true, description: 'Which change of the subject it was.' })
  subjectVersion: number | null;
  @Field(() => ID, { nullable: true, description: 'Whose affair it was.' })
  organizationId: string | null;
  @Field(() => String, { description: 'The service that recorded it.' })
  service: string;
  @Field(() => String, { nullable: true, description: 'The request it was done in: one for everything that happened in it.' })
  requestId: string | null;
  @Field(() => String, { nullable: true, description: 'From where, as far as that names nobody: 24 bits of the address, of IPv6 48.' })
  network: string | null;
  @Field(() => Int, { description: 'How often: repeats within a minute are one entry.' })
  count: number;
  @Field(() => String, { description: 'SHA-256 of what the event said, in hexadecimal.' })
  digest: string;
  @Field(() => Int, { nullable: true, description: 'Its place in the chain; null for the second until it has one.' })
  position: number | null;
  @Field(() => String, { nullable: true, description: 'The hash of the chain up to it.' })
  hash: string | null;
}

@ObjectType('AuditEntryEdge', { description: 'An entry in the log.' })
@Guard(withItsParent)
export class AuditEntryEdge {
  @Field(() => AuditEntryFace, { description: 'The entry.' })
  node: AuditLine;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('AuditEntryConnection', { description: 'A page of the audit log, the newest first.' })
@Guard(withItsParent)
export class AuditEntryConnection {
  @Field(() => [AuditEntryEdge], { description: 'The page.' })
  edges: AuditEntryEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@InputType('AuditFilter', { description: 'Narrows the audit log; what is absent matches all.' })
export class AuditFilter {
  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;
  @Field(() => ID, { nullable: true, description: 'By this person, whatever as; or by this contact or analyst.' })
  actorId?: string | null;
  @Field(() => ID, { nullable: true, description: 'About this.' })
  subjectId?: string | null;
  @Field(() => AuditActEnum, { nullable: true, description: 'This act.' })
  act?: AuditAct | null;
  @Field(() => AuditOutcomeEnum, { nullable: true, description: 'Done, or refused.' })
  outcome?: AuditOutcome | null;
  @Field(() => ID, { nullable: true, description: 'Of this organization.' })
  organizationId?: string | null;
}
