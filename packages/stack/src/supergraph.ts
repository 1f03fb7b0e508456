import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.ts';
import type { ServiceRow } from './services.ts';

const run = promisify(execFile);

/**
 * Composes the services' printed schemas into `file`, in a process of its own: it takes a second of CPU and the memory
 * of a compiler. Nothing is done when the schemas and the composer are those of the last time.
 */
export async function composeSupergraph(rows: readonly ServiceRow[], file: string, noted: string, signal: AbortSignal): Promise<void> {
  const words = rows.map(({ name, port }) => `${name}=${schemaOf(name)},http://127.0.0.1:${port}/graphql`);
  const inputs = digest(rows, words);
  if (existsSync(file) && existsSync(noted) && readFileSync(noted, 'utf8') === inputs) return;
  try {
    await run(process.execPath, [composer, '--out', file, ...words], { signal, env: { PATH: process.env.PATH, NODE_ENV: 'production' } });
  } catch (error) {
    if (signal.aborted) return;
    throw new Error(`the services do not compose: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`);
  }
  writeFileSync(noted, inputs);
}

const gateway = join(repositoryRoot, 'gateway', 'dist');
const composer = join(gateway, 'compose.js');

function schemaOf(service: string): string {
  return join(repositoryRoot, 'services', service, 'schema.graphql');
}

function digest(rows: readonly ServiceRow[], words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n'));
  for (const { name } of rows) hash.update(readFileSync(schemaOf(name)));
  for (const file of readdirSync(gateway).filter((entry) => entry.endsWith('.js'))) {
    const { size, mtimeMs } = statSync(join(gateway, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
