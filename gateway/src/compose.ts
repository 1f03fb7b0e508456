import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { CompositionRefused, composeSupergraph } from './composition.ts';
import { DirectoryRegistry } from './registry/directory-registry.ts';
import { publishAll } from './registry/publish.ts';
import { readDocuments } from './registry/publish-files.ts';
import { RegistryError } from './registry/registry.ts';
import type { ServiceSdl } from './service-document.ts';

const USAGE = `usage: compose.js --out supergraph.graphql | --registry FOLDER [--documents=CLIENT=FOLDER] NAME=SDL_FILE,URL …
  e.g. compose.js --out supergraph.graphql tickets=services/tickets/schema.graphql,http://127.0.0.1:4102/graphql
  --out writes a file; --registry publishes exactly these services, whatever was published before,
  and with --documents=CLIENT=FOLDER stores the .graphql files there, unchecked: they hold no change back
`;

/** The command line of composition. Exit code 1: the services do not compose; 2: it was called wrongly. */
async function run([how, where, ...rest]: readonly string[]): Promise<number> {
  const stored = rest.map((word) => /^--documents=([\w-]+)=(.+)$/.exec(word));
  const services = rest.filter((_, at) => !stored[at]).map(readService);
  if ((how !== '--out' && how !== '--registry') || !where || services.length === 0 || services.includes(null)) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const all = services.filter((service) => service !== null);
    if (how === '--out') writeOut(where, composeSupergraph(all));
    else await publishIn(new DirectoryRegistry(where), all, stored);
    return 0;
  } catch (error) {
    if (!(error instanceof CompositionRefused || error instanceof RegistryError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function publishIn(registry: DirectoryRegistry, services: ServiceSdl[], stored: readonly (RegExpExecArray | null)[]): Promise<void> {
  await publishAll(registry, services, `${userInfo().username}@${hostname()}`);
  for (const [, client = '', folder = ''] of stored.filter((one) => one !== null)) {
    const texts = readDocuments(folder).map(({ text }) => text);
    await registry.store(client, [], texts);
  }
}

/** A gateway may be watching the file: it must see the old text or the new one, never half of it. */
function writeOut(file: string, sdl: string): void {
  writeFileSync(`${file}.new`, sdl);
  renameSync(`${file}.new`, file);
}

function readService(word: string): ServiceSdl | null {
  const [, name, file, url] = /^([^=]+)=([^,]+),(.+)$/.exec(word) ?? [];
  return name && file && url ? { name, url, sdl: readFileSync(file, 'utf8') } : null;
}

process.exitCode = await run(process.argv.slice(2));
