import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Settings } from './config.ts';
import { asOwner, lacksMigration } from './database.ts';
import { schemaOf, subgraphOf } from './host.ts';
import type { Service } from './service.ts';
import { testDatabase } from './testing-database.ts';

// The house's own books: no request reaches them, so they need no policy.
const WITHOUT_POLICIES = ['relay', 'inbox', 'parked_event', 'consumer_position', 'mikro_orm_migrations'];

/** What holds of every service: call it once in the service's own `service.test.ts`. */
export function checkService<Deps, S extends Settings>(described: Service<Deps, S>): void {
  const service = described as unknown as Service;
  describe(`${service.name}, as every service`, () => {
    it('has a printed schema.graphql that is not stale (`node dist/main.js print-schema` renews it)', async () => {
      const printed = await readFile(new URL('schema.graphql', service.home), 'utf8');
      expect((await subgraphOf(service)).sdl).toBe(printed);
    });

    it('has migrations that say what the entities say (`create-migration <name>` writes what is missing)', async () => {
      const schema = schemaOf(service);
      await using database = await testDatabase(schema);
      // Compared with the snapshot beside the migrations: PostgreSQL prints policies in words of its own.
      expect(await lacksMigration(schema, database.urls.owner)).toBe(false);
    });

    it('forces row-level security on every table that a request can reach', async () => {
      const schema = schemaOf(service);
      await using database = await testDatabase(schema);
      const open = await asOwner(schema, database.urls.owner, (orm) =>
        orm.em
          .fork()
          .execute<{ relname: string }[]>(
            `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`,
          ),
      );
      expect(open.map((table) => table.relname).filter((table) => !WITHOUT_POLICIES.includes(table))).toEqual([]);
    });
  });
}
