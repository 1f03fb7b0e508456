import { enumOf, Guard, Json, PageInfoFace, withItsParent } from '@atende/service';
import { Field, ID, ObjectType } from 'type-graphql';
import { eventSeen } from './ticket-event.graphql.ts';

export const historyCauses = ['ACCEPTED', 'TIMER_VALIDATION', 'TIMER_SOLUTION', 'QUESTION', 'SUPPORT_MESSAGE'] as const;
export type HistoryCause = (typeof historyCauses)[number];
export const HistoryCauseEnum = enumOf(historyCauses, 'HistoryCause', 'Why a ticket closed, or why its timer began anew.');

@ObjectType('HistoryChange', { description: 'One thing about a ticket that changed.' })
@Guard(withItsParent)
export class HistoryChangeFace {
  @Field(() => String, { description: 'What: `status`, `assigneeId`, `severity`…' })
  field: string;
  @Field(() => Json, { nullable: true, description: 'What it was; null when the ticket was opened.' })
  before: unknown;
  @Field(() => Json, { nullable: true, description: 'What it became.' })
  after: unknown;
}

@ObjectType('HistoryEntry', { description: 'A row of a ticket’s history.' })
@Guard(eventSeen)
export class HistoryEntryFace {
  @Field(() => ID, { description: 'Global id of the event.' })
  id: string;
}

@ObjectType('HistoryEdge', { description: 'A row of the history in a page.' })
@Guard(withItsParent)
export class HistoryEdge {
  @Field(() => HistoryEntryFace, { description: 'What happened.' })
  node: HistoryEntryFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType('HistoryConnection', { description: 'A page of the history, oldest first.' })
@Guard(withItsParent)
export class HistoryConnection {
  @Field(() => [HistoryEdge], { description: 'The page.' })
  edges: HistoryEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}
