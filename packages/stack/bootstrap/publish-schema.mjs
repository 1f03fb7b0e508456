// npm run publish-schema <service> [-- options]: its --help tells them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNode } from './node-runtime.mjs';
import { publishOptions } from './publish-options.mjs';
import { root } from './set-up.mjs';

const cwd = process.env.INIT_CWD ?? process.cwd();
const program = join(root, 'gateway', 'dist', 'registry', 'publish-main.js');
const { words, faults } = publishOptions(process.argv.slice(2), { root, cwd, env: process.env });

if (faults) {
  console.error(faults.join('\n'));
  process.exitCode = 2;
} else if (!existsSync(program)) {
  console.error('The gateway is not built yet. To mend it: npm run build');
  process.exitCode = 1;
} else {
  const child = spawn(await ensureNode(root), [program, ...words], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
