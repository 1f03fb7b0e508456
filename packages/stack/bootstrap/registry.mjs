// npm run registry: a registry over HTTP, with the settings that the environment gives it (gateway/README.md).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNode } from './node-runtime.mjs';
import { root } from './set-up.mjs';

const program = join(root, 'gateway', 'dist', 'registry', 'main.js');

if (!existsSync(program)) {
  console.error('The gateway is not built yet. To mend it: npm run build');
  process.exitCode = 1;
} else {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(await ensureNode(root), [program], { cwd, env: { ...process.env, NODE_ENV: 'production' }, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
