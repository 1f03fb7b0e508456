import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Migration, Migrator } from '@mikro-orm/migrations';
import { type Constructor, type EntityManager, type EntityName, MikroORM, type Options } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { TraceCommits } from './commit-tracing.ts';
import { ThriftyClient, ThriftyDriver } from './database-driver.ts';
import { WakeRelay } from './relay-wake.ts';
import type { Tracer } from './tracing.ts';
import { sessionVariables, type Viewer } from './viewer.ts';

/** A service's two ways into its database. Neither role owns a table nor walks around row-level security. */
export interface Database {
  /** For one request: everything runs inside the viewer's row-level-security context. */
  forViewer(viewer: Viewer): EntityManager;
  /** For relay, timers and consumers. */
  forWorker(): EntityManager;
  /** How full the pools are. */
  connections(): Connections[];
  /** Calls back after every commit that recorded an event. */
  onEventCommitted(wake: () => void): void;
  close(): Promise<void>;
}

/** One role's pool. */
export interface Connections {
  role: 'app' | 'worker';
  busy: number;
  idle: number;
  /** Requests that wait for one. */
  waiting: number;
  most: number;
}

export interface DatabaseUrls {
  app: string;
  worker: string;
  pool: number;
}

const PATIENCE = 5_000; // ms to wait for a connection, of PostgreSQL or of a full pool

const options = (entities: EntityName[], clientUrl: string, pool: number, onPoolCreated = (_: pg.Pool): void => {}): Options => ({
  entities,
  clientUrl,
  driver: ThriftyDriver,
  driverOptions: { Client: ThriftyClient, connectionTimeoutMillis: PATIENCE, keepAlive: true, pipeline: true, onPoolCreated },
  pool: { min: 0, max: pool, idleTimeoutMillis: 60_000 }, // signing in to PostgreSQL costs milliseconds
  logger: () => {}, // it would write to the console; what fails is thrown
  ensureDatabase: false,
  allowGlobalContext: false,
  forceUtcTimezone: true,
});

export async function openDatabase(entities: EntityName[], urls: DatabaseUrls, tracer: Tracer | null = null): Promise<Database> {
  let wake = (): void => {};
  const subscribers = [new WakeRelay(() => wake()), ...(tracer ? [new TraceCommits(tracer)] : [])];
  const pools = new Map<Connections['role'], pg.Pool>();
  const open = (role: Connections['role']) =>
    MikroORM.init({ ...options(entities, urls[role], urls.pool, (pool) => pools.set(role, pool)), subscribers });
  const app = await open('app');
  const worker = await open('worker');
  return {
    // Without the ambient context: a unit of work made inside a transaction of the other role would become part of it.
    forViewer: (viewer) => app.em.fork({ session: { variables: sessionVariables(viewer) }, disableContextResolution: true }),
    forWorker: () => worker.em.fork({ disableContextResolution: true }),
    connections: () =>
      (['app', 'worker'] as const).map((role) => {
        const { totalCount = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = pools.get(role) ?? {}; // none before its first use
        return { role, busy: totalCount - idle, idle, waiting, most: urls.pool };
      }),
    onEventCommitted: (callback) => {
      wake = callback;
    },
    close: async () => {
      await app.close();
      await worker.close();
    },
  };
}

/** The service as its database's owner sees it: entities and the folder of migrations. */
export interface Schema {
  name: string;
  entities: EntityName[];
  migrations: string;
  /** SQL that narrows the rights of the roles beyond the house's own, e.g. revoking UPDATE of an append-only table. */
  rights?: string[];
}

/** Runs `work` as the owner, alone: a second replica waits. */
export async function asOwner<T>(schema: Schema, ownerUrl: string, work: (orm: MikroORM) => Promise<T>, snapshot = false): Promise<T> {
  const orm = await MikroORM.init({
    ...options(schema.entities, ownerUrl, 2),
    extensions: [Migrator],
    // Only `create-migration` may touch the snapshot: after a migration it would be written as PostgreSQL prints it.
    migrations: {
      path: schema.migrations,
      emit: 'ts',
      snapshot,
      snapshotName: '.snapshot',
      migrationsList: await migrationsIn(schema.migrations),
    },
  });
  try {
    return await oneAtATime(orm.em.fork(), () => work(orm));
  } finally {
    await orm.close();
  }
}

/** Runs `work` while no other replica runs any. It takes a connection of its own for as long. */
export const oneAtATime = <T>(lock: EntityManager, work: () => Promise<T>): Promise<T> =>
  lock.transactional(async (held) => {
    await held.execute('set local idle_in_transaction_session_timeout = 0');
    // Asked again and again: a statement that waits would time out, and hold up CREATE INDEX CONCURRENTLY of the one that works.
    while (!(await isFirst(held))) await setTimeout(100);
    return work();
  });

const isFirst = async (lock: EntityManager): Promise<boolean> => {
  const [answer] = await lock.execute<{ first: boolean }[]>('select pg_try_advisory_xact_lock(7282) as first');
  return answer?.first === true;
};

/** Brings the database to the newest migration and gives the roles their rights. May be repeated at any time. */
export const migrate = (schema: Schema, ownerUrl: string): Promise<void> =>
  asOwner(schema, ownerUrl, async (orm) => {
    await orm.migrator.up();
    await orm.em.fork().execute(rights(schema));
  });

/** Writes the next migration: what the entities say and the snapshot of the last one does not. Returns its file name, if any. */
export const createMigration = (schema: Schema, ownerUrl: string, name?: string): Promise<string | undefined> =>
  asOwner(schema, ownerUrl, async (orm) => (await orm.migrator.create(undefined, false, false, name)).fileName, true);

/** Whether the entities say something that no migration does. */
export const lacksMigration = (schema: Schema, ownerUrl: string): Promise<boolean> =>
  asOwner(schema, ownerUrl, (orm) => orm.migrator.checkSchema(), true);

const rights = ({ name, rights: narrowed = [] }: Schema): string => {
  const app = `"${name}_app"`;
  const worker = `"${name}_worker"`;
  return [
    `grant select, insert, update, delete on all tables in schema public to ${app}, ${worker}`,
    `grant usage, select on all sequences in schema public to ${app}, ${worker}`,
    `revoke all on table mikro_orm_migrations from ${app}, ${worker}`,
    // History cannot be rewritten; the worker only numbers it.
    `revoke update, delete on table event from ${app}, ${worker}`,
    `grant update (position) on table event to ${worker}`,
    `revoke all on table inbox, parked_event, consumer_position from ${app}`,
    `revoke insert, update, delete on table relay from ${app}`,
    `revoke update, delete on table idempotency from ${app}`,
    ...narrowed,
  ].join(';\n');
};

async function migrationsIn(folder: string): Promise<{ name: string; class: Constructor<Migration> }[]> {
  const files = (existsSync(folder) ? await readdir(folder) : []).filter((file) => /^Migration\d+.*\.ts$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const exported: Record<string, Constructor<Migration>> = await import(pathToFileURL(join(folder, file)).href);
      const [migration] = Object.values(exported);
      if (!migration) throw new Error(`${file} exports no migration`);
      return { name: file.replace(/\.ts$/, ''), class: migration };
    }),
  );
}
