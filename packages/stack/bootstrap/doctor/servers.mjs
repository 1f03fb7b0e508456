// PostgreSQL and NATS: whether they are here, run, and fit the data.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { candidates, isNewEnough, versionOf } from '../nats-server.mjs';
import { postgresPackage, preparePostgres } from '../postgres-binaries.mjs';
import { run } from '../run.mjs';
import { fail, ok, warn } from './finding.mjs';

export async function checkPostgres(root, data, { installed }) {
  const again = `rm -rf '${join(root, 'node_modules')}' && npm start`;
  const native = preparePostgres(root);
  if (!native && installed)
    return fail(`npm installed no ${postgresPackage}`, `${again}; when there is none for this machine: docker compose up`);
  if (!native) return ok(`PostgreSQL comes with the packages (${postgresPackage})`);
  const { code, output } = await run(join(native, 'bin', 'postgres'), ['--version']);
  if (code !== 0) return fail(`PostgreSQL does not run: ${output}`, again);
  const version = /(\d+)[.\d]*/.exec(output)?.[0] ?? '';
  const written = read(join(data, 'postgres', 'PG_VERSION'));
  if (written && written !== version.split('.')[0])
    return fail(
      `the data in ${data} are PostgreSQL ${written}'s, the programs are ${version}`,
      `npm start -- --data <another folder>; without the data: npm start -- --reset`,
    );
  return ok(`PostgreSQL ${version}`);
}

export async function checkNats(root, env = process.env, patience = 3_000) {
  if (env.NATS_URL) return checkNatsUrl(env.NATS_URL, patience);
  const found = [];
  for (const file of candidates(root, env)) found.push({ file, version: await versionOf(file) });
  const good = found.find(({ version }) => isNewEnough(version));
  if (good) return ok(`nats-server ${good.version}: ${good.file}`);
  const old = found.length > 0 ? `${found.map(({ file, version }) => `${file} is ${version ?? 'no program that runs'}`).join(', ')}; ` : '';
  const mend = 'install nats-server 2.11 (https://nats.io/download) so that it is on PATH, or set NATS_URL';
  const ways = await Promise.all(
    ['curl', 'apt-get'].map(async (name) => ((await run(name, ['--version'], { env })).code === 127 ? [] : [name])),
  );
  if (ways.flat().length === 0) return fail(`${old}there is no nats-server, and neither curl nor apt-get to get it with`, mend);
  return warn(`${old}no nats-server yet: npm start gets it with ${ways.flat().join(' or ')}`, mend);
}

function checkNatsUrl(text, patience) {
  const mend = 'start that server, or unset NATS_URL to use an embedded one';
  if (!URL.canParse(text)) return fail(`NATS_URL is no address: ${text}`, 'as NATS_URL=nats://host:4222');
  const { hostname, port } = new URL(text);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 4222), timeout: patience });
    const settle = (finding) => socket.destroy() && resolve(finding);
    // A NATS server speaks first.
    socket.once('data', (data) =>
      settle(String(data).startsWith('INFO ') ? ok(`NATS at ${hostname}:${port}`) : fail(`${hostname}:${port} is no NATS server`, mend)),
    );
    socket.once('timeout', () => settle(fail(`nothing says anything at NATS_URL (${hostname}:${port})`, mend)));
    socket.once('error', ({ code }) => settle(fail(`NATS_URL (${hostname}:${port}) cannot be reached: ${code}`, mend)));
  });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
