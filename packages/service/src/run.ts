import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { JetStreamBus } from './bus.jetstream.ts';
import { BadConfiguration, loadConfig, type ServiceConfig, type Settings, serviceSettings, type Values } from './config.ts';
import { redrive } from './consumer-retry.ts';
import { createMigration, migrate, openDatabase } from './database.ts';
import { schemaOf, startService, subgraphOf } from './host.ts';
import { makeLog } from './log.ts';
import { withoutSecret } from './nats-address.ts';
import { rebuildStream } from './relay-rebuild.ts';
import type { Service } from './service.ts';
import { onEnd } from './shutdown.ts';

type Command = (service: Service, config: ServiceConfig, ...given: string[]) => Promise<string>;

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
    const database = await openDatabase(schemaOf(service).entities, {
      app: config.DATABASE_URL,
      worker: config.DATABASE_WORKER_URL,
      pool: 1,
    });
    const count = await redrive(database.forWorker(), new Date(), eventId);
    await database.close();
    return `${count} parked event(s) are tried again.`;
  },
};

/** A service's process: serves, or does one of the commands, or `print-schema`s, which needs no configuration. */
export async function runService<Deps, S extends Settings>(service: Service<Deps, S>): Promise<void> {
  const [name = 'serve', ...given] = process.argv.slice(2);
  const described = service as unknown as Service;
  const own = service.commands ?? {};
  if (name === 'print-schema') return writeFile(new URL('schema.graphql', service.home), (await subgraphOf(described)).sdl);
  if (name !== 'serve' && !Object.hasOwn(commands, name) && !Object.hasOwn(own, name)) {
    return fail(
      `There is no command ${name}. There are: ${['print-schema', ...Object.keys(commands), ...Object.keys(own)].join(', ')}.`,
      EX_USAGE,
    );
  }
  const config = loadConfig({ ...serviceSettings, ...service.settings }) as ServiceConfig & Values<S>;
  try {
    if (name === 'serve') return await serve(service, config);
    const command =
      commands[name] ?? ((_, __, ...rest) => asWorker(described, config, (em) => own[name]!({ em, config, now: new Date(), given: rest })));
    process.stdout.write(`${await command(described, config, ...given)}\n`);
  } catch (error) {
    fail(`${name}: ${error instanceof Error ? error.message : error}`, error instanceof BadConfiguration ? error.exitCode : 1);
  }
}

const EX_USAGE = 64; // of sysexits.h

function fail(line: string, exitCode: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}

async function serve<Deps, S extends Settings>(service: Service<Deps, S>, config: ServiceConfig & Values<S>): Promise<void> {
  const log = makeLog(service.name, config.LOG_LEVEL);
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a defect; the process ends');
    process.exit(1);
  });
  const ending = new AbortController();
  const starting = startService(service, config, { log, signal: ending.signal });
  onEnd({
    exitWithParent: config.EXIT_WITH_PARENT,
    stop: async () => {
      ending.abort();
      await (await starting.catch(() => null))?.stop();
    },
  });
  try {
    await starting;
  } catch (error) {
    if (ending.signal.aborted) return;
    if (!(error instanceof BadConfiguration)) log.fatal({ err: error }, 'cannot start');
    throw error;
  }
}

/** One transaction of the worker role. */
async function asWorker(service: Service, config: ServiceConfig, work: (em: EntityManager) => Promise<string>): Promise<string> {
  const database = await openDatabase(schemaOf(service).entities, {
    app: config.DATABASE_URL,
    worker: config.DATABASE_WORKER_URL,
    pool: 2,
  });
  try {
    return await database.forWorker().transactional(work);
  } finally {
    await database.close();
  }
}

function ownerUrl({ DATABASE_OWNER_URL }: ServiceConfig): string {
  if (!DATABASE_OWNER_URL) throw new BadConfiguration('DATABASE_OWNER_URL is needed to migrate');
  return DATABASE_OWNER_URL;
}

const outOfPatience = async (natsUrl: string): Promise<never> => {
  await setTimeout(5_000, undefined, { ref: false });
  throw new Error(`no NATS server answers at NATS_URL (${withoutSecret(natsUrl)})`);
};
