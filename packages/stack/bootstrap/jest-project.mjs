// One project of jest.config.mjs. Its own reporter speaks to the terminal; the counts come from its JSON file.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { filesToRepeat, withSecondRun } from './second-run.mjs';
import { root } from './set-up.mjs';
import { crashOf } from './test-counts.mjs';

/** Whoever narrows the run with a pattern is at work on a test and sees it fail the first time. */
export async function runProject(project, how) {
  const result = await runOnce(project, how);
  const files = how.args.length > 0 || result.crash ? [] : filesToRepeat(result.json);
  if (files.length === 0) return result;
  console.error(`${project.name}: once more, alone: ${files.map((file) => relative(root, file)).join(', ')}`);
  const second = await runOnce({ ...project, workers: 1 }, { ...how, args: ['--runTestsByPath', ...files] });
  return second.crash ? result : { ...second, json: withSecondRun(result.json, second.json) };
}

async function runOnce({ name, workers }, { node, env, args }) {
  const folder = mkdtempSync(join(tmpdir(), 'atende-jest-'));
  const file = join(folder, 'result.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  // The user's words come first: an option of ours that takes a list would swallow their pattern.
  const options = ['-c', join(root, 'jest.config.mjs'), '--selectProjects', name, '--maxWorkers', String(workers)];
  const output = ['--json', `--outputFile=${file}`, '--passWithNoTests', '--reporters=default'];
  try {
    const code = await speak(node, [...flags, jest, ...args, ...options, ...output], env);
    const result = { name, code, json: read(file) };
    const crash = crashOf(result);
    if (crash) console.error(`${name}: ${crash}`);
    return { ...result, crash };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

// --json makes jest print the result on standard output too: that is dropped, its reporter uses standard error.
function speak(node, args, env) {
  const child = spawn(node, args, {
    cwd: root,
    env: { ...env, FORCE_COLOR: process.stderr.isTTY ? '1' : '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
