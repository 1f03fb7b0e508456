import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { root as repository } from '../set-up.mjs';
import { fail, ok, warn, worst } from './finding.mjs';
import { report } from './report.mjs';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'doctor-'));
  cpSync(join(repository, 'packages/stack/bootstrap'), join(clone, 'packages/stack/bootstrap'), { recursive: true });
  cpSync(join(repository, 'package-lock.json'), join(clone, 'package-lock.json'));
});
afterEach(() => rmSync(clone, { recursive: true }));

function doctor(words: string[], env: NodeJS.ProcessEnv = {}) {
  const script = join(clone, 'packages/stack/bootstrap/doctor.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  return { status, stdout, stderr };
}

test('it runs without any package, and tells one line for each check', () => {
  const { stdout, stderr } = doctor([]);
  expect(stderr).toBe('');
  for (const name of ['Node.js', 'npm', 'disk', 'memory', 'rights', 'ports', 'PostgreSQL', 'NATS', 'clock', 'proxy'])
    expect(stdout).toMatch(new RegExp(`^(OK|WARN|FAIL) +${name.replace('.', '\\.')} `, 'm'));
  expect(stdout).toMatch(/\n\d+ OK, \d+ WARN, \d+ FAIL\. .*\n$/);
});

test('what FAILs is told with the line that mends it, and by the exit code; also for programs', () => {
  writeFileSync(join(clone, 'launcher.lock'), '{');
  const people = doctor(['--data', clone]);
  expect(people.status).toBe(1);
  expect(people.stdout).toMatch(/^FAIL +data folder .*\n +→ .*launcher\.lock'$/m);
  const { worst: told, checks } = JSON.parse(doctor(['--data', clone, '--json']).stdout);
  expect(told).toBe('FAIL');
  expect(checks.find(({ name }: { name: string }) => name === 'data folder')).toMatchObject({ status: 'FAIL', mend: expect.any(String) });
});

test('it changes nothing', () => {
  const listed = () => spawnSync('find', [clone, '-newer', join(clone, 'package-lock.json'), '-type', 'f'], { encoding: 'utf8' }).stdout;
  const before = listed();
  doctor(['--data', join(clone, 'data')]);
  expect(listed()).toBe(before);
});

test('bad options are told all at once', () => {
  expect(doctor(['--colour', '--port', 'x'])).toMatchObject({
    status: 78,
    stderr: expect.stringMatching(/--colour: not known\n--port x: expected/),
  });
});

test('the worst finding decides', () => {
  expect(worst([ok('a'), warn('b', 'c'), ok('d')])).toBe('WARN');
  expect(worst([fail('a', 'b'), warn('b', 'c')])).toBe('FAIL');
  expect(report([{ name: 'a', ...ok('well') }])).toMatch(/^OK {4}a {2}well\n\n1 OK, 0 WARN, 0 FAIL\. Everything is well\.$/);
});
