import type { Context, EventRow } from '@atende/service';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CommentFace } from '../ticket/comment.graphql.ts';
import type { Comment } from '../ticket/comment.ts';
import { happeningOf } from './happening.resolver.ts';
import { type HistoryCause, HistoryCauseEnum, HistoryChangeFace, HistoryEntryFace } from './history.graphql.ts';
import { causeIn, changesIn, commentIn } from './history.view.ts';

@Resolver(() => HistoryEntryFace)
export class HistoryEntryResolver extends happeningOf(HistoryEntryFace) {
  @FieldResolver(() => [HistoryChangeFace], { description: 'Everything about the ticket that it changed.' })
  changes(@Root() event: EventRow): HistoryChangeFace[] {
    return changesIn(event);
  }

  @FieldResolver(() => HistoryCauseEnum, { nullable: true, description: 'Why, where it is not plain from the type.' })
  cause(@Root() event: EventRow): HistoryCause | null {
    return causeIn(event);
  }

  @FieldResolver(() => CommentFace, { nullable: true, description: 'The message that came with it.' })
  comment(@Root() event: EventRow, @Ctx() { load }: Context): Promise<Comment | null> | null {
    const id = commentIn(event);
    return id === null ? null : load<Comment>('Comment', id);
  }
}
