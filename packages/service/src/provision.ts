import pg from 'pg';

export { keepKey, keepSecret } from './key-file.ts';
export { withoutSecret } from './nats-address.ts';

/** Passwords of a service's three database roles. */
export interface RolePasswords {
  owner: string;
  app: string;
  worker: string;
}

export interface Provision {
  /** URL of a superuser (or of a role that may create roles, databases and extensions). */
  adminUrl: string;
  /** The service: names its roles `<name>_owner`, `<name>_app`, `<name>_worker`. */
  name: string;
  /** The database; the service's name when absent. */
  database?: string;
  passwords: RolePasswords;
  /** Make the database as a copy of this one (tests). */
  template?: string;
}

export interface ProvisionedUrls {
  owner: string;
  app: string;
  worker: string;
}

// A lost client must not hold a lock, a slow query must not hold a connection. Times in ms.
const LIMITS = {
  owner: { statement_timeout: 600_000, lock_timeout: 10_000, idle_in_transaction_session_timeout: 60_000 },
  app: { statement_timeout: 5_000, lock_timeout: 3_000, idle_in_transaction_session_timeout: 10_000 },
  worker: { statement_timeout: 30_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 30_000 },
} as const;
const EXTENSIONS = ['unaccent', 'pg_trgm', 'pgcrypto', 'btree_gin'];

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Makes a service's database, its three roles and the extensions, or brings them up to date. May be repeated at any time. */
export async function provisionDatabase({ adminUrl, name, database = name, passwords, template }: Provision): Promise<ProvisionedUrls> {
  await using admin = await connect(adminUrl);
  // Roles belong to the whole cluster: two provisions at once (tests) would race.
  await admin.client.query('select pg_advisory_lock(7281)');
  for (const [kind, limits] of Object.entries(LIMITS)) {
    const role = `${name}_${kind}`;
    const exists = await admin.client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (exists.rowCount === 0) await admin.client.query(`create role ${quote(role)} login`);
    const password = literal(passwords[kind as keyof RolePasswords]);
    await admin.client.query(`alter role ${quote(role)} with login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`);
    for (const [limit, value] of Object.entries(limits)) await admin.client.query(`alter role ${quote(role)} set ${limit} = ${value}`);
  }
  const exists = await admin.client.query('select 1 from pg_database where datname = $1', [database]);
  if (exists.rowCount === 0) {
    await admin.client.query(
      `create database ${quote(database)} owner ${quote(`${name}_owner`)}${template ? ` template ${quote(template)}` : ''}`,
    );
    await admin.client.query(`revoke connect, temporary on database ${quote(database)} from public`);
  }
  await admin.client.query(`grant connect on database ${quote(database)} to ${quote(`${name}_app`)}, ${quote(`${name}_worker`)}`);
  await using inside = await connect(urlOf(adminUrl, database));
  for (const extension of EXTENSIONS) await inside.client.query(`create extension if not exists ${extension}`);
  await inside.client.query(`alter schema public owner to ${quote(`${name}_owner`)}`);
  await inside.client.query(`grant usage on schema public to ${quote(`${name}_app`)}, ${quote(`${name}_worker`)}`);
  const url = (kind: keyof RolePasswords): string => urlOf(adminUrl, database, `${name}_${kind}`, passwords[kind]);
  return { owner: url('owner'), app: url('app'), worker: url('worker') };
}

function urlOf(adminUrl: string, database: string, user?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) {
    url.username = user;
    url.password = password ?? '';
  }
  return url.href;
}

async function connect(url: string): Promise<{ client: pg.Client } & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}
