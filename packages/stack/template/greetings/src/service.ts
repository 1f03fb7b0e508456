import { defineService } from '@atende/service';
import { GreetingResolver } from './greeting.resolver.ts';
import { Greeting, seed } from './greeting.ts';

/** As small as a service can be: what is said at the door. */
export const greetings = defineService({
  name: 'greetings',
  home: new URL('../', import.meta.url),
  entities: [Greeting],
  resolvers: [GreetingResolver],
  seed,
});
