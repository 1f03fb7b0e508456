import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isNewEnough } from '../bootstrap/node-runtime.mjs';
import { anyFreePort } from './free-port.ts';
import { repositoryRoot } from './repository.ts';
import { follow, type Launched, processesOn } from './testing/launched.ts';
import { waitUntil } from './wait-until.ts';

const patience = 400_000; // milliseconds: it installs and builds everything, on whatever machine this is

let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'atende-clone-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: repositoryRoot, encoding: 'utf8' });
  for (const file of files.split('\n').filter(Boolean)) copy(file);
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function copy(file: string): void {
  try {
    cpSync(join(repositoryRoot, file), join(clone, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // deleted and not committed yet
  }
}

// What the user's shell has: without the Node that `npm test` put first, and without what npm says about our own run.
function userEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(repositoryRoot));
  const own = /^(npm_|NODE_OPTIONS|INIT_CWD|ATENDE_|TURBO_|NATS_URL)/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

// From a folder inside: npm finds the project by itself.
function npmStart(...options: string[]): Launched {
  const place = { cwd: join(clone, 'docs'), env: userEnvironment() };
  return follow(spawn('npm', ['start', '--', ...options], { ...place, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }));
}

const somePort = async () => ['--port', String(await anyFreePort())];

const isOld = !isNewEnough(execFileSync('node', ['--version'], { env: userEnvironment(), encoding: 'utf8' }).trim());

const nothingLeft = () => waitUntil(() => processesOn(clone).length === 0, AbortSignal.timeout(10_000));

test(
  '--help answers without starting anything',
  async () => {
    const { output, ended } = npmStart('--help');
    expect(await ended).toBe(0);
    expect(output()).toContain('--no-demo');
    expect(output()).not.toContain('1/8');
  },
  patience,
);

test(
  'bad options are told all at once',
  async () => {
    const { ended, output } = npmStart('--port=many', '--colour');
    expect(await ended).not.toBe(0);
    expect(output()).toMatch(/--port many: expected a number.*\n.*--colour: not known/);
  },
  patience,
);

test('the doctor answers before anything is installed, on the Node that is there', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'doctor'], {
    cwd: clone,
    env: userEnvironment(),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('Error') });
  expect(stdout).toMatch(/^OK +PostgreSQL +PostgreSQL comes with the packages/m);
});

// Some way into `npm ci`, which runs in a process group of its own.
async function installing(): Promise<Launched> {
  const launched = npmStart(...(await somePort()));
  await launched.says('2/8 packages');
  await waitUntil(() => entriesOf('node_modules') > 50, AbortSignal.timeout(60_000));
  return launched;
}

const entriesOf = (folder: string): number => (existsSync(join(clone, folder)) ? readdirSync(join(clone, folder)).length : 0);

test(
  'Ctrl-C in the middle of the install ends all of it',
  async () => {
    const { child, ended } = await installing();
    process.kill(-child.pid!, 'SIGINT');
    expect(await ended).not.toBe(0);
    await nothingLeft();
    expect(processesOn(clone)).toEqual([]);
  },
  patience,
);

test(
  'kill -9 in the middle of the install leaves the installing npm, which the next start ends',
  async () => {
    const { child, ended } = await installing();
    process.kill(-child.pid!, 'SIGKILL');
    await ended;
    expect(processesOn(clone)).not.toEqual([]);
  },
  patience,
);

// In a folder that only its owner may enter, where the two before left half of the packages.
test(
  'from a clean clone one command installs, builds and starts everything, and Ctrl-C ends it',
  async () => {
    const { child, says, ended, output } = npmStart(...(await somePort()));
    await says('Ctrl-C stops everything');
    expect(existsSync(join(clone, '.cache/node'))).toBe(isOld);
    for (const step of ['1/8 Node.js', '2/8 packages', '3/8 nats-server', '4/8 build', '8/8 ready']) expect(output()).toContain(step);
    process.kill(-child.pid!, 'SIGINT');
    await ended;
    expect(output()).toContain('stopped; the data stay');
    expect(processesOn(clone)).toEqual([]);
  },
  patience,
);

test(
  'the second start only looks, and kill -9 of npm itself leaves nothing',
  async () => {
    const { child, says, ended } = npmStart(...(await somePort()));
    await says('Ctrl-C stops everything');
    child.kill('SIGKILL');
    await ended;
    await nothingLeft();
    expect(processesOn(clone)).toEqual([]);
  },
  patience,
);
