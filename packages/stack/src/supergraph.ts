import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.ts';
import type { ServiceRow } from './services.ts';

const run = promisify(execFile);

/**
 * Publishes the services' printed schemas in the registry of a folder and stores the examples, in a process of its own: composing
 * takes a second of CPU and the memory of a compiler. Nothing is done when the schemas and the composer are those of the last time and nobody else has published since.
 */
export async function publishServices(rows: readonly ServiceRow[], registry: string, noted: string, signal: AbortSignal): Promise<void> {
  const words = rows.map(({ name, port }) => `${name}=${schemaOf(name)},http://127.0.0.1:${port}/graphql`);
  const inputs = digest(rows, words);
  if (existsSync(noted) && readFileSync(noted, 'utf8') === `${inputs} ${newestIn(registry)}`) return;
  try {
    await run(process.execPath, [composer, '--registry', registry, `--documents=examples=${examples}`, ...words], {
      signal,
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    });
  } catch (error) {
    if (signal.aborted) return;
    throw new Error(`the services do not compose: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`);
  }
  writeFileSync(noted, `${inputs} ${newestIn(registry)}`);
}

/** The number of the last publication; 0 when there is none. */
function newestIn(registry: string): number {
  const folder = join(registry, 'publications');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return Math.max(0, ...names.map((name) => Number.parseInt(name, 10) || 0));
}

const gateway = join(repositoryRoot, 'gateway', 'dist');
const composer = join(gateway, 'compose.js');
const examples = join(repositoryRoot, 'examples');

function schemaOf(service: string): string {
  return join(repositoryRoot, 'services', service, 'schema.graphql');
}

function digest(rows: readonly ServiceRow[], words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n'));
  for (const { name } of rows) hash.update(readFileSync(schemaOf(name)));
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.graphql'))) hash.update(readFileSync(join(examples, name)));
  for (const file of readdirSync(gateway, { recursive: true, encoding: 'utf8' }).filter((entry) => entry.endsWith('.js'))) {
    const { size, mtimeMs } = statSync(join(gateway, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
