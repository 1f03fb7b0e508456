import { basename, dirname } from 'node:path/posix';
import { readSource, type Source } from './imports.ts';
import { isWorker, layerFault, reachable } from './layers.ts';
import { importFault, isTest } from './rooms.ts';

const drawers = ['common', 'utils', 'shared', 'helpers', 'core'];
const mostLines = 250;
const mostTestLines = 400;
const mainLines = 10;

/** All faults of a set of files, `path: what is wrong`, by the rules of the house. Paths are relative to the repository. */
export function checkArchitecture(files: ReadonlyMap<string, string>, doors: ReadonlySet<string>): string[] {
  const sources = new Map([...files].map(([path, text]) => [path, readSource(text, path)]));
  const faults: string[] = [];
  for (const [path, source] of sources) {
    const found = [...importFaults(path, source), ...shapeFaults(path, source, doors), ...sizeFaults(path, files.get(path)!)];
    faults.push(...found.map((fault) => `${path}: ${fault}`));
  }
  return [...faults, ...workerFaults(sources)].sort();
}

function importFaults(path: string, { imports }: Source): string[] {
  return imports.flatMap(({ target }) => [importFault(path, target), layerFault(path, target)]).filter((fault) => fault !== undefined);
}

function shapeFaults(path: string, source: Source, doors: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const drawer = dirname(path)
    .split('/')
    .find((folder) => drawers.includes(folder));
  if (drawer) faults.push(`lies in a folder called ${drawer}: name it after what it holds`);
  if (source.exportsAll) faults.push('re-exports everything of another file: name what the door offers');
  if (source.onlyReExports && !doors.has(path)) faults.push('is a barrel file: import from where the thing is');
  if (source.decorated && !/\.(graphql|resolver)(\.test)?\.ts$/.test(path) && !isTest(path)) {
    faults.push('has decorators: they live in *.graphql.ts and *.resolver.ts');
  }
  return faults;
}

function sizeFaults(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  if (/^services\/[^/]+\/src\/main\.ts$/.test(path) && lines >= mainLines)
    return [`has ${lines} lines: under ${mainLines} start what service.ts describes`];
  if (path.includes('/migrations/')) return []; // generated
  const most = isTest(path) ? mostTestLines : mostLines;
  return lines > most ? [`has ${lines} lines: ${most} is the end`] : [];
}

function workerFaults(sources: ReadonlyMap<string, Source>): string[] {
  const importsOf = (path: string) => (sources.get(path)?.imports ?? []).flatMap(({ target }) => target ?? []);
  const faults: string[] = [];
  for (const entry of sources.keys()) {
    if (!isWorker(entry) || isTest(entry)) continue;
    const resolver = [...reachable(entry, importsOf)].find((path) => basename(path).endsWith('.resolver.ts'));
    if (resolver) faults.push(`${entry}: the worker's code reaches ${resolver}`);
  }
  return faults;
}
