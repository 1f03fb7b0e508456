import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isAlive, Lock, tryLock, waitForLock } from './pid-lock.mjs';

let folder: string;
let file: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'lock');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const module = new URL('pid-lock.mjs', import.meta.url).href;

/** Another process that takes the lock, says so, and runs what it is told until it is killed. */
async function holder(then = ''): Promise<ChildProcess> {
  const code = `const { tryLock } = await import('${module}');
    const lock = tryLock('${file}'); ${then}; console.log('held'); process.stdin.resume()`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('a free lock is taken and given back', () => {
  const lock = tryLock(file);
  expect(lock).toBeInstanceOf(Lock);
  (lock as Lock).release();
  expect(existsSync(file)).toBe(false);
});

test('a held lock names its holder', async () => {
  const child = await holder();
  expect(tryLock(file)).toEqual({ holder: expect.objectContaining({ pid: child.pid }) });
});

test('the lock of a killed holder is taken over', async () => {
  await killed(await holder());
  expect(tryLock(file)).toBeInstanceOf(Lock);
});

test('a process that got the same id later is not the holder', async () => {
  const child = await holder();
  const noted = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...noted, started: '1' }));
  expect(isAlive({ pid: child.pid!, started: noted.started })).toBe(true);
  expect(tryLock(file)).toBeInstanceOf(Lock);
});

test('half a lock file, of a holder killed while writing, is taken over', () => {
  writeFileSync(file, '{"pid":');
  expect(tryLock(file)).toBeInstanceOf(Lock);
});

test('what a killed holder had started is ended before the lock goes on', async () => {
  const child = await holder(`const { spawn } = await import('node:child_process');
    const tool = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }); lock.adopt(tool.pid); tool.unref()`);
  const [tool] = JSON.parse(readFileSync(file, 'utf8')).children;
  await killed(child);
  expect(isAlive(tool)).toBe(true);
  tryLock(file);
  while (isAlive(tool) && !isZombie(tool.pid)) await new Promise(setImmediate);
});

test('who waits gets the lock when the holder is gone, and hears once whom it waits for', async () => {
  const child = await holder();
  const heard: number[] = [];
  const waiting = waitForLock(file, ({ pid }: { pid: number }) => {
    heard.push(pid);
    child.kill('SIGKILL');
  });
  expect(await waiting).toBeInstanceOf(Lock);
  expect(heard).toEqual([child.pid]);
});

// Nobody may be there to take note of its end, as in a container without an init.
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
