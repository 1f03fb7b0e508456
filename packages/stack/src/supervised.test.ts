import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EndedWhileStarting, type Program } from './program.ts';
import { Supervised } from './supervised.ts';
import { waitUntil } from './wait-until.ts';
import { Watchdog } from './watchdog.ts';

let folder: string;
let said: string[];
let watchdog: Watchdog;
const running: Supervised[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervised-'));
  said = [];
  watchdog = new Watchdog();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
  watchdog.close();
  rmSync(folder, { recursive: true });
});

const starts = () => Number(readFileSync(join(folder, 'starts'), 'utf8'));

/** A shell script that counts its starts; ready once it has written `up`. */
function supervise(script: string, program: Partial<Program> = {}): Supervised {
  writeFileSync(join(folder, 'starts'), '0');
  const count = 'echo $(( $(cat starts) + 1 )) > starts';
  const supervised = new Supervised(
    {
      name: 'small',
      spawn: () => {
        rmSync(join(folder, 'up'), { force: true });
        return spawn('/bin/sh', ['-c', `${count}; ${script}`], { cwd: folder, stdio: 'ignore', detached: true });
      },
      ready: (_, signal) => waitUntil(() => exists('up'), signal, 5),
      stopSignal: 'SIGTERM',
      grace: 300,
      ...program,
    },
    { watchdog, say: (line) => said.push(line) },
  );
  running.push(supervised);
  return supervised;
}

const exists = (name: string) => {
  try {
    readFileSync(join(folder, name));
    return true;
  } catch {
    return false;
  }
};

test('a program that ends before it is ready fails the start, and is not tried again', async () => {
  const program = supervise('exit 78');
  await expect(program.start()).rejects.toThrow(new EndedWhileStarting('small', { code: 78, signal: null }));
  expect(starts()).toBe(1);
});

test('a program that was killed is started again, and both are said aloud', async () => {
  const program = supervise('touch up; exec sleep 60');
  await program.start();
  const first = program.pid;
  program.kill('SIGKILL');
  await program.ready();
  expect(program.pid).not.toBe(first);
  expect(said).toEqual(['small ended by SIGKILL; starting it again in 0.1 s', `small is up again (process ${program.pid})`]);
});

test('each further crash waits longer', async () => {
  const program = supervise('[ $(cat starts) -ge 4 ] && { touch up; exec sleep 60; }; touch up; sleep 0.02; exit 3');
  await program.start();
  await waitUntil(() => said.some((line) => line.includes('in 0.5 s')), AbortSignal.timeout(10_000));
  const pauses = said.map((line) => /in ([\d.]+) s/.exec(line)?.[1]).filter(Boolean);
  expect(pauses.slice(0, 3)).toEqual(['0.1', '0.25', '0.5']);
});

test('a stopped program is not started again', async () => {
  const program = supervise('touch up; exec sleep 60');
  await program.start();
  await program.stop();
  expect(program.pid).toBeUndefined();
  expect(said).toEqual([]);
});

test('a program that does not listen to the asking is ended the hard way', async () => {
  const program = supervise("trap '' TERM; touch up; while :; do sleep 1; done");
  await program.start();
  await program.stop();
  expect(program.pid).toBeUndefined();
});

test('a stop while it waits to be started again leaves nothing behind', async () => {
  const program = supervise('touch up; exec sleep 60');
  await program.start();
  program.kill('SIGKILL');
  await waitUntil(() => said.length > 0, AbortSignal.timeout(5_000));
  await program.stop();
  expect(starts()).toBe(1);
});

test('a restart is an ordinary stop and start', async () => {
  const program = supervise('touch up; exec sleep 60');
  await program.start();
  const first = program.pid;
  await program.restart();
  expect([program.pid === first, starts(), said.length]).toEqual([false, 2, 0]);
});
