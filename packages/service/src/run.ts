import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { JetStreamBus } from './bus.jetstream.ts';
import { BadConfiguration, loadConfig, type ServiceConfig, type Settings, serviceSettings } from './config.ts';
import { redrive } from './consumer-retry.ts';
import { createMigration, migrate, openDatabase } from './database.ts';
import { schemaOf, startService, subgraphOf } from './host.ts';
import { makeLog } from './log.ts';
import { rebuildStream } from './relay-rebuild.ts';
import type { Service } from './service.ts';
import { onEnd } from './shutdown.ts';

type Command = (service: Service, config: ServiceConfig, argument: string | undefined) => Promise<string>;

/** What a service's process can do beside serving: `node dist/main.js <command>`. Each answers with one line. */
const commands: Record<string, Command> = {
  migrate: async (service, config) => {
    await migrate(schemaOf(service), ownerUrl(config));
    return 'The database is at the newest migration.';
  },
  'create-migration': async (service, config, name) => {
    const file = await createMigration(schemaOf(service), ownerUrl(config), name);
    return file ?? 'Nothing to migrate: the entities say what the migrations say.';
  },
  'rebuild-streams': async ({ name }, config) => {
    const bus = new JetStreamBus({ url: config.NATS_URL, prefix: config.NATS_PREFIX, name, log: makeLog(name, config.LOG_LEVEL) });
    await Promise.race([bus.connected(), outOfPatience(config.NATS_URL)]);
    await rebuildStream(bus, name);
    await bus.close();
    return 'The stream was thrown away; the running relay publishes it again.';
  },
  redrive: async (service, config, eventId) => {
    const database = await openDatabase(schemaOf(service).entities, { app: config.DATABASE_URL, worker: config.DATABASE_WORKER_URL, pool: 1 });
    const count = await redrive(database.forWorker(), new Date(), eventId);
    await database.close();
    return `${count} parked event(s) are tried again.`;
  },
};

/** A service's process: serves, or does one of the commands, or `print-schema`s, which needs no configuration. */
export async function runService<Deps, S extends Settings>(service: Service<Deps, S>): Promise<void> {
  const [name = 'serve', ...given] = process.argv.slice(2);
  const described = service as unknown as Service;
  if (name === 'print-schema') return writeFile(new URL('schema.graphql', service.home), (await subgraphOf(described)).sdl);
  const config = loadConfig({ ...serviceSettings, ...service.settings }) as Parameters<typeof startService<Deps, S>>[1];
  const command = commands[name];
  if (command) return void process.stdout.write(`${await command(described, config, given[0])}\n`);
  const own = service.commands?.[name];
  if (own) return void process.stdout.write(`${await asWorker(described, config, (em) => own({ em, config, now: new Date(), given }))}\n`);
  if (name !== 'serve') throw new Error(`unknown command ${name}; there are ${[...Object.keys(commands), ...Object.keys(service.commands ?? {})].join(', ')} and print-schema`);
  try {
    const running = await startService(service, config);
    onEnd({ exitWithParent: config.EXIT_WITH_PARENT, stop: () => running.stop() });
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

/** One transaction of the worker role. */
async function asWorker(service: Service, config: ServiceConfig, work: (em: EntityManager) => Promise<string>): Promise<string> {
  const database = await openDatabase(schemaOf(service).entities, { app: config.DATABASE_URL, worker: config.DATABASE_WORKER_URL, pool: 2 });
  try {
    return await database.forWorker().transactional(work);
  } finally {
    await database.close();
  }
}

function ownerUrl({ DATABASE_OWNER_URL }: ServiceConfig): string {
  if (!DATABASE_OWNER_URL) throw new Error('DATABASE_OWNER_URL is needed to migrate');
  return DATABASE_OWNER_URL;
}

const outOfPatience = async (natsUrl: string): Promise<never> => {
  await setTimeout(5_000, undefined, { ref: false });
  throw new Error(`no NATS server answers at NATS_URL (${new URL(natsUrl).host})`);
};
