import { Arg, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import type { Context } from './context.ts';
import { readFeed } from './feed.ts';
import { Guard, gatewayOnly } from './policy.ts';
import { EventFeedFace } from './shared.graphql.ts';

/** The hidden root field that every service has. */
@Resolver()
export class HouseResolver {
  @Query(() => EventFeedFace, { description: 'Own events after a cursor, for gateways and other services.' })
  @Directive('@inaccessible')
  @Directive('@shareable')
  @Guard(gatewayOnly)
  _events(
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last event already known.' }) after:
      | string
      | null
      | undefined,
    @Arg('first', () => Int, { description: 'How many at most, 1 to 1000.' }) first: number,
    @Ctx() { em, service }: Context,
  ): Promise<EventFeedFace> {
    return readFeed(em, service, after ?? null, first);
  }
}
