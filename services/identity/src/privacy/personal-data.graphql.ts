import { DateTime, Guard, Json, mayHavePersonalData, PageInfoFace, withItsParent } from '@atende/service';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AuditAct } from '../audit/acts.ts';
import { AuditActEnum, AuditOutcomeEnum } from '../audit/audit.graphql.ts';
import type { AuditEntryRow, AuditOutcome } from '../audit/audit-entry.ts';

@ObjectType('PersonalAct', { description: 'One act of a person, or about them, in the audit log.' })
@Guard(withItsParent)
export class PersonalActFace implements Pick<AuditEntryRow, 'id' | 'at' | 'act' | 'outcome' | 'network' | 'count'> {
  @Field(() => ID, { description: 'Of the entry.' })
  id: string;
  @Field(() => DateTime, { description: 'When.' })
  at: Date;
  @Field(() => AuditActEnum, { description: 'What was done.' })
  act: AuditAct;
  @Field(() => AuditOutcomeEnum, { description: 'Whether it was done.' })
  outcome: AuditOutcome;
  @Field(() => String, { nullable: true, description: 'From where, as far as that names nobody.' })
  network: string | null;
  @Field(() => Int, { description: 'How often.' })
  count: number;
}

@ObjectType('PersonalActEdge', { description: 'An act in a page.' })
@Guard(withItsParent)
export class PersonalActEdge {
  @Field(() => PersonalActFace, { description: 'The act.' })
  node: PersonalActFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('PersonalActConnection', { description: 'A page of acts, the newest first.' })
@Guard(withItsParent)
export class PersonalActConnection {
  @Field(() => [PersonalActEdge], { description: 'The page.' })
  edges: PersonalActEdge[];
  @Field(() => PageInfoFace, { description: 'Where the page stands.' })
  pageInfo: PageInfoFace;
}

@ObjectType('PersonalIdentity', { description: 'What is held on who a person is and how they sign in.' })
@Guard(mayHavePersonalData)
export class PersonalIdentityFace {
  personId: string;
  @Field(() => Json, {
    description: 'Profile, contacts, staff, sessions, mails, API keys and second factor, as a document to keep; without secrets.',
  })
  document: unknown;
}
