import { type Context, Guard } from '@atende/service';
import { Ctx, Query, Resolver } from 'type-graphql';
import { GreetingFace, readByAll } from './greeting.graphql.ts';
import { Greeting } from './greeting.ts';

@Resolver(() => GreetingFace)
export class GreetingResolver {
  @Query(() => [GreetingFace], { description: 'Everything that is said at the door.' })
  @Guard(readByAll)
  greetings(@Ctx() { em }: Context): Promise<Greeting[]> {
    return em.find(Greeting, {}, { orderBy: { id: 'asc' } });
  }
}
