import { type Context, connection, Guard, liveCursor, SearchResultFace, signedIn } from '@atende/service';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { TicketConnection } from './ticket-list.graphql.ts';
import { foundPage } from './ticket-search.queries.ts';

/** The section of `search` that is tickets'. */
@Resolver(() => SearchResultFace)
export class TicketSearchResolver {
  @FieldResolver(() => TicketConnection, {
    nullable: true,
    description: 'Tickets the viewer sees: by number, or by words of subject, description and public messages, the best first.',
  })
  @Guard(signedIn)
  async tickets(
    @Root() { text }: SearchResultFace,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em, viewer }: Context,
  ): Promise<TicketConnection> {
    return em.transactional(async (reading) => {
      const reached = await liveCursor(reading); // before the rows, like every list's
      return { ...connection(await foundPage(reading, viewer, text, { first, after })), liveCursor: reached } as TicketConnection;
    });
  }
}
