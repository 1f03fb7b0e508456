import { sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

const GreetingSchema = defineEntity({
  name: 'Greeting',
  tableName: 'greeting',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'everybody', command: 'select', using: 'true' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({ id: p.text().primary(), text: p.text() }),
});
export class Greeting extends GreetingSchema.class {}
GreetingSchema.setClass(Greeting);

/** What every installation says. */
export async function seed({ em }: { em: EntityManager }): Promise<void> {
  if ((await em.count(Greeting)) > 0) return;
  em.create(Greeting, { id: 'grt_welcome', text: 'Boas-vindas ao portal' });
  await em.flush();
}
