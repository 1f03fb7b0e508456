import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from '@jest/globals';
import { WITHOUT_BUDGETS } from '../environment.ts';
import { type Stack, type StackOptions, startStack } from '../stack.ts';

const START_MS = 240_000;
const STOP_MS = 30_000;

/** The whole product with its demo, without budgets, for the tests of one file: it starts before them, then `begin` is called, and it ends after them. */
export function withStack(begin: (stack: Stack) => void | Promise<void>, options: Partial<StackOptions> = {}): void {
  let dataDir: string;
  let stack: Stack | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'atende-stack-'));
    await fillFrom(process.env.TEST_DEMO_DIR, dataDir);
    stack = await startStack({ dataDir, ports: 'ephemeral', demo: true, gateway: WITHOUT_BUDGETS, ...options });
    await begin(stack);
  }, START_MS);
  afterAll(async () => {
    await stack?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, STOP_MS);
}

/** Begins where a start with the demo ended (jest/demo-folder.mjs): half of a first start is databases that come out the same each time. */
async function fillFrom(demoDir: string | undefined, dataDir: string): Promise<void> {
  if (demoDir) await promisify(execFile)('cp', ['-a', `${demoDir}/.`, dataDir]); // PostgreSQL's files belong to another user where tests run as root
}
