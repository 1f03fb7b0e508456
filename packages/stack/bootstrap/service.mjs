// npm run service -- [--data <folder>] <service> <command> …: one command of a service, with the settings that the
// running stack gave it. Its program tells its commands when it is asked for none that it knows.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureNode } from './node-runtime.mjs';
import { readRunning, readWords } from './running.mjs';
import { root } from './set-up.mjs';

const cwd = process.env.INIT_CWD ?? process.cwd();
const { data = join(root, '.data'), service, rest } = readWords(process.argv.slice(2));
const { settings, fault } = readRunning(resolve(cwd, data), service);

if (fault) {
  console.error(fault);
  process.exitCode = 1;
} else {
  const program = join(root, 'services', service, 'dist', 'main.js');
  const child = spawn(await ensureNode(root), [program, ...rest], { cwd: root, env: { ...process.env, ...settings }, stdio: 'inherit' });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
