// The data of a product that started with its demo once, for the journeys of a whole run to begin from.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../src/stack.ts';

export default async function setup({ testPathPatterns }) {
  if (testPathPatterns?.patterns.length > 0) return; // who asks for one journey would only wait longer for it
  const dataDir = mkdtempSync(join(tmpdir(), 'atende-demo-'));
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const stack = await startStack({ dataDir, ports: 'ephemeral', demo: true });
  await stack.stop();
  if (!existsSync(join(dataDir, 'elsewhere'))) process.env.TEST_DEMO_DIR = dataDir;
}
