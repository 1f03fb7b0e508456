import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Stack } from '@atende/stack';
import { pidOf } from './p1-gateway.ts';

/** One more gateway of the stack, with some settings changed, in a process of its own. */
export async function anotherGateway(stack: Stack, changed: Record<string, string>): Promise<{ url: string; process: ChildProcess }> {
  const pid = pidOf(stack, 'gateway');
  const [program = '', ...given] = textsOf(`/proc/${pid}/cmdline`);
  const own = Object.fromEntries(textsOf(`/proc/${pid}/environ`).map((text) => text.split(/=(.*)/s) as [string, string]));
  const env = { ...own, ...changed, PORT: '0', PROBE_PORT: '0', LOG_LEVEL: 'info', REPLICA_NAME: 'another', EXIT_WITH_PARENT: '' };
  const child = spawn(program, given, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, port } = JSON.parse(line);
    if (msg !== 'listening') continue;
    child.stdout.resume();
    return { url: `http://127.0.0.1:${port}`, process: child };
  }
  throw new Error(`another gateway ended with ${child.exitCode}`);
}

const textsOf = (file: string): string[] => readFileSync(file, 'utf8').split('\0').filter(Boolean);
