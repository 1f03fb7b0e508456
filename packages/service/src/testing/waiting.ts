import { connect, createServer, type Server } from 'node:net';
import pg from 'pg';
import type { TestDatabase } from '../testing-database.ts';

/** The status of an address; 0 when nobody answers. */
export const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

/** Looks again and again until there is something. */
export async function until<T>(look: () => Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface Held extends AsyncDisposable {
  somebodyWaits(): Promise<unknown>;
  letGo(): Promise<unknown>;
}

/** Keeps requests for `trouble(kind: "waits")` waiting until they are let go. */
export async function holdEverybody({ urls }: TestDatabase): Promise<Held> {
  const holder = new pg.Client({ connectionString: urls.app });
  await holder.connect();
  await holder.query('select pg_advisory_lock(4242)');
  return {
    somebodyWaits: () =>
      until(
        async () => (await holder.query("select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 4242")).rowCount,
      ),
    letGo: () => holder.query('select pg_advisory_unlock_all()'),
    [Symbol.asyncDispose]: () => holder.end(),
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port where nothing listens yet, and PostgreSQL from `appear` on. */
export async function latePostgres(url: string): Promise<{ port: number; appear(): Promise<void> } & AsyncDisposable> {
  const port = await freePort();
  const to = new URL(url);
  const server: Server = createServer((socket) => {
    const onward = connect(Number(to.port), to.hostname);
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  return {
    port,
    appear: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
