import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, type Schema } from './database.ts';
import { type ProvisionedUrls, provisionDatabase } from './provision.ts';

export interface TestDatabase extends AsyncDisposable {
  name: string;
  /** The superuser's URL of the private server. */
  adminUrl: string;
  urls: ProvisionedUrls;
}

// The roles of a service are shared by all test databases of the run, which listens on loopback for its duration only.
const PASSWORDS = { owner: 'test', app: 'test', worker: 'test' };

const adminUrl = (): string => {
  const url = process.env.TEST_DATABASE_ADMIN_URL;
  if (!url) throw new Error('run tests through `npm test`: it starts the PostgreSQL they need');
  return url;
};

/** A database of its own for one test file: a copy of a template that was migrated once per run and state of the migrations. */
export async function testDatabase(schema: Schema): Promise<TestDatabase> {
  const url = adminUrl();
  const template = `template_${schema.name}_${await fingerprint(schema)}`;
  const name = `test_${schema.name}_${randomBytes(6).toString('hex')}`;
  await asAdmin(url, async (admin) => {
    await admin.query('select pg_advisory_lock(7283)');
    const ready = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
    if (ready.rowCount === 0) {
      await admin.query(`drop database if exists "${template}"`);
      const { owner } = await provisionDatabase({ adminUrl: url, name: schema.name, database: template, passwords: PASSWORDS });
      await migrate(schema, owner);
      await admin.query(`alter database "${template}" is_template true`);
    }
    await provisionDatabase({ adminUrl: url, name: schema.name, database: name, passwords: PASSWORDS, template });
  });
  const forRole = (role: keyof ProvisionedUrls): string => {
    const own = new URL(url);
    own.pathname = `/${name}`;
    own.username = `${schema.name}_${role}`;
    own.password = PASSWORDS[role];
    return own.href;
  };
  return {
    name,
    adminUrl: url,
    urls: { owner: forRole('owner'), app: forRole('app'), worker: forRole('worker') },
    [Symbol.asyncDispose]: () => asAdmin(url, async (admin) => void (await admin.query(`drop database if exists "${name}" with (force)`))),
  };
}

async function fingerprint({ migrations, rights = [] }: Schema): Promise<string> {
  const hash = createHash('sha256').update(rights.join());
  for (const file of (await readdir(migrations)).sort()) if (file.endsWith('.ts')) hash.update(await readFile(join(migrations, file)));
  return hash.digest('hex').slice(0, 12);
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
