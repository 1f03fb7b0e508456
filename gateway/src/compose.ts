import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { CompositionRefused, composeSupergraph } from './composition.ts';
import type { ServiceSdl } from './service-document.ts';

const USAGE = `usage: compose.js --out supergraph.graphql NAME=SDL_FILE,URL …
  e.g. compose.js --out supergraph.graphql tickets=services/tickets/schema.graphql,http://127.0.0.1:4102/graphql
`;

/** The command line of composition. Exit code 1: the services do not compose; 2: it was called wrongly. */
function run(words: readonly string[]): number {
  const out = words[0] === '--out' ? words[1] : undefined;
  const services = words.slice(2).map(readService);
  if (!out || services.length === 0 || services.includes(null)) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const sdl = composeSupergraph(services.filter((service) => service !== null));
    // A gateway may be watching the file: it must see the old text or the new one, never half of it.
    writeFileSync(`${out}.new`, sdl);
    renameSync(`${out}.new`, out);
    return 0;
  } catch (error) {
    if (!(error instanceof CompositionRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function readService(word: string): ServiceSdl | null {
  const [, name, file, url] = /^([^=]+)=([^,]+),(.+)$/.exec(word) ?? [];
  return name && file && url ? { name, url, sdl: readFileSync(file, 'utf8') } : null;
}

process.exitCode = run(process.argv.slice(2));
