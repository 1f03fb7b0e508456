import { hostname, userInfo } from 'node:os';

import { CompositionRefused } from '../composition.ts';
import { publicSchema, publishedGraph } from './graph.ts';
import { reporterName } from './publication.ts';
import { AddressMissing, formerSdl, publish } from './publish.ts';
import { FileFault, readDocuments, readSdl, readStored } from './publish-files.ts';
import { historyLine, outcomeLines } from './publish-report.ts';
import { type PublishWords, readPublishWords, USAGE } from './publish-words.ts';
import { type Registry, RegistryError } from './registry.ts';
import { registryAt } from './registry-place.ts';
import { storedOperations } from './stored-operations.ts';

/** What the command says, and its exit code: 0 done, 1 refused, 2 called wrongly. */
export interface Said {
  code: number;
  lines: string[];
}

/** The command behind `npm run publish-schema`. */
export async function publishCommand(given: readonly string[], say: (line: string) => void): Promise<Said> {
  if (given.includes('--help')) return { code: 0, lines: [USAGE] };
  const read = readPublishWords(given);
  if ('faults' in read) return { code: 2, lines: [...read.faults, '', USAGE] };
  try {
    const registry = registryAt(read.words.registry, read.words.tokenFile, (what) => new FileFault(what));
    return await work(registry, read.words, say);
  } catch (error) {
    return refused(error, read.words);
  }
}

function work(registry: Registry, words: PublishWords, say: (line: string) => void): Promise<Said> {
  if (words.history) return history(registry);
  if (words.store) return store(registry, words.store);
  return publishOne(registry, words, say);
}

async function publishOne(registry: Registry, words: PublishWords, say: (line: string) => void): Promise<Said> {
  const { service, url, rollback, to, dryRun, forced } = words;
  const documents = words.documents.flatMap(readDocuments);
  const former = rollback ? await formerSdl(registry, service, to) : null;
  if (rollback && !former)
    return {
      code: 1,
      lines: [`There is no ${to === null ? 'former schema' : `schema in publication ${to}`} of ${service} in ${registry.place}.`],
    };
  const sdl = former ? former.sdl : readSdl(words.schema ?? '');
  const by = words.by ?? `${userInfo().username}@${hostname()}`;
  const kind = former ? 'ROLLED_BACK' : 'PUBLISHED';
  const outcome = await publish(registry, { service, sdl, url, kind, by, forced, dryRun, documents }, say);
  const head = former ? [`${service} goes back to what it had in publication ${former.version}.`] : [];
  return { code: outcome.verdict === 'BREAKS' ? 1 : 0, lines: [...head, ...outcomeLines(outcome, { service, forced })] };
}

async function history(registry: Registry): Promise<Said> {
  const publications = await registry.history(50);
  return { code: 0, lines: publications.length > 0 ? publications.map(historyLine) : [`Nothing was published in ${registry.place} yet.`] };
}

async function store(registry: Registry, { client, folder }: { client: string; folder: string }): Promise<Said> {
  if (!reporterName.safeParse(client).success)
    return { code: 2, lines: [`"${client}" is no name of a client: letters, digits, dots and hyphens`] };
  const { supergraph } = await publishedGraph(registry);
  if (supergraph === null)
    return { code: 1, lines: [`Nothing was published in ${registry.place} yet: there is nothing to check the documents against.`] };
  const documents = readStored(folder);
  const { operations, faults } = storedOperations(publicSchema(supergraph), documents, new Date());
  if (faults.length > 0) return { code: 1, lines: ['Not stored:', ...faults.map((fault) => `  ${fault}`)] };
  await registry.store(
    client,
    operations,
    documents.map(({ text }) => text),
  );
  return { code: 0, lines: [`${client} has ${operations.length} stored operations in ${registry.place}.`] };
}

function refused(error: unknown, { service, registry }: PublishWords): Said {
  if (error instanceof AddressMissing)
    return { code: 1, lines: [`${service} is new to ${registry}: say where it listens, as --url http://${service}:4100/graphql`] };
  if (error instanceof CompositionRefused) return { code: 1, lines: [error.message, 'Nothing was published.'] };
  if (error instanceof FileFault) return { code: 1, lines: [error.message] };
  if (error instanceof RegistryError) return { code: 1, lines: [`${error.message}. Nothing was published.`] };
  throw error;
}
