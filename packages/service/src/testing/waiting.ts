import { connect, createServer, type Socket } from 'node:net';
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

export interface LatePostgres extends AsyncDisposable {
  port: number;
  appear(): Promise<void>;
  vanish(): Promise<void>;
}

/** A port where nothing listens yet, and PostgreSQL from `appear` until `vanish`. */
export async function latePostgres(url: string): Promise<LatePostgres> {
  const port = await freePort();
  const to = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(Number(to.port), to.hostname);
    socket.pipe(onward).pipe(socket);
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy()).on('close', () => open.delete(end));
    }
  });
  const vanish = (): Promise<void> => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { port, appear: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)), vanish, [Symbol.asyncDispose]: vanish };
}
