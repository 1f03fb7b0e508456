import { z } from 'zod';
import { loadConfig, type Settings, setting } from './config.ts';
import { keepKey } from './key-file.ts';
import { provisionDatabase } from './provision.ts';

const USAGE = `usage: prepare.js databases NAME …   databases and roles, with ADMIN_DATABASE_URL and <NAME>_{OWNER,APP,WORKER}_PASSWORD
       prepare.js keys FILE …        private keys, where there are none yet
`;

const roles = ['owner', 'app', 'worker'] as const;
const variable = (name: string, role: string): string => `${name.toUpperCase().replaceAll('-', '_')}_${role.toUpperCase()}_PASSWORD`;

/** What an installation needs before its services start, where no launcher makes it. Each may be repeated at any time. */
const commands: Record<string, (given: string[]) => Promise<void>> = {
  databases: async (names) => {
    const asked = names.flatMap((name) => roles.map((role) => [variable(name, role), passwordOf(name, role)]));
    const config: Record<string, string> = loadConfig({ ADMIN_DATABASE_URL: admin, ...(Object.fromEntries(asked) as Settings) });
    const password = (name: string, role: string): string => config[variable(name, role)] ?? '';
    for (const name of names) {
      const passwords = { owner: password(name, 'owner'), app: password(name, 'app'), worker: password(name, 'worker') };
      await provisionDatabase({ adminUrl: config.ADMIN_DATABASE_URL ?? '', name, passwords });
      say(`${name}: database and roles are there.`);
    }
  },
  keys: async (files) => {
    for (const file of files) say(`${file}: ${keepKey(file) ? 'a new key' : 'is there'}.`);
  },
};

const admin = setting(
  z.string().regex(/^postgres(ql)?:\/\//, 'a postgresql:// URL is expected'),
  'the server, as a role that may make roles and databases',
  'postgresql://postgres:…@postgres:5432/postgres',
);
const passwordOf = (name: string, role: string) => setting(z.string(), `password of the role ${name}_${role}`, 'openssl rand -hex 24');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [command = '', ...given] = process.argv.slice(2);
try {
  if (Object.hasOwn(commands, command) && given.length > 0) await commands[command]?.(given);
  else {
    process.stderr.write(USAGE);
    process.exitCode = 64; // EX_USAGE of sysexits.h
  }
} catch (error) {
  process.stderr.write(`prepare: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
