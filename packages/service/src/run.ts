import { writeFile } from 'node:fs/promises';
import { loadConfig, type Settings, serviceSettings, type Values } from './config.ts';
import { BadConfiguration } from './config.ts';
import { createMigration, migrate } from './database.ts';
import { schemaOf, startService, subgraphOf } from './host.ts';
import type { Service } from './service.ts';
import { onEnd } from './shutdown.ts';

/**
 * A service's process: `node dist/main.js` serves; `print-schema` writes schema.graphql; `migrate` migrates and ends;
 * `create-migration <name>` writes the next migration.
 */
export async function runService<Deps, S extends Settings>(service: Service<Deps, S>): Promise<void> {
  const [command = 'serve', argument] = process.argv.slice(2);
  const described = service as unknown as Service;
  if (command === 'print-schema') return writeFile(new URL('schema.graphql', service.home), (await subgraphOf(described)).sdl);
  const config = loadConfig({ ...serviceSettings, ...service.settings }) as Parameters<typeof startService<Deps, S>>[1];
  if (command === 'migrate') return migrate(schemaOf(described), owner(config));
  if (command === 'create-migration') return void process.stdout.write(`${await createMigration(schemaOf(described), owner(config), argument)}\n`);
  try {
    const running = await startService(service, config);
    onEnd({ exitWithParent: config.EXIT_WITH_PARENT, stop: () => running.stop() });
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

function owner({ DATABASE_OWNER_URL }: Values<typeof serviceSettings>): string {
  if (!DATABASE_OWNER_URL) throw new Error('DATABASE_OWNER_URL is needed to migrate');
  return DATABASE_OWNER_URL;
}
