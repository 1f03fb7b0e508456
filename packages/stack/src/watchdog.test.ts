import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { waitUntil } from './wait-until.ts';

const module = new URL('watchdog.ts', import.meta.url).href;

/** Runs an owner of a watchdog that watches the given pids until it is killed. */
async function ownerOf(pids: number[], then = '', remove = ''): Promise<ChildProcess> {
  const code = `const { Watchdog } = await import('${module}');
    const watchdog = new Watchdog({ remove: '${remove}' });
    for (const pid of ${JSON.stringify(pids)}) watchdog.watch(pid);
    ${then}
    setTimeout(() => console.log('watching'), 0); process.stdin.resume()`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(owner.stdout!, 'data');
  return owner;
}

const program = () => spawn('sleep', ['60'], { stdio: 'ignore' });

test('what is watched ends when the owner is killed', async () => {
  const watched = program();
  const gone = once(watched, 'exit');
  const owner = await ownerOf([watched.pid!]);
  owner.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGINT']);
});

test('what was forgotten is left alone', async () => {
  const [forgotten, watched] = [program(), program()];
  const gone = once(watched, 'exit');
  const owner = await ownerOf([forgotten.pid!, watched.pid!], `watchdog.forget(${forgotten.pid});`);
  owner.kill('SIGKILL');
  await gone; // had the other been asked to end, it would have been asked before this one
  const left = once(forgotten, 'exit');
  forgotten.kill('SIGTERM');
  expect(await left).toEqual([null, 'SIGTERM']);
});

test('temporary data go with the owner', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchdog-'));
  const owner = await ownerOf([], '', folder);
  owner.kill('SIGKILL');
  await waitUntil(() => !existsSync(folder), AbortSignal.timeout(10_000));
  expect(existsSync(folder)).toBe(false);
});
