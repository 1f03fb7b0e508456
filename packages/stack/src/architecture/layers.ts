import { basename, dirname, join, normalize } from 'node:path/posix';
import { isTest } from './rooms.ts';

/** Inside a service imports go down or sideways, never up. */
const ranks = { main: 6, service: 5, edge: 4, deed: 3, reading: 2, domain: 1 } as const;
export type Layer = keyof typeof ranks;

const words: Record<Layer, string> = {
  main: 'main.ts',
  service: 'service.ts',
  edge: 'resolvers, HTTP routes, consumers, deadlines',
  deed: 'deeds (what a mutation does: load, authorize, call the verb)',
  reading: 'policies, queries, views, the GraphQL face',
  domain: 'the domain',
};

export function layerOf(path: string): Layer {
  const file = basename(path);
  if (file === 'main.ts') return 'main';
  if (file === 'service.ts') return 'service';
  if (/(^|\.)(resolver|http|consumers|deadlines|references)\.ts$/.test(file) || /^(consumers|deadlines|http)\b/.test(file)) return 'edge';
  if (/\/src\/seed\/(seed|demo)\.ts$/.test(path)) return 'edge'; // beside them lie plain data
  if (/\.deeds?\.ts$/.test(file)) return 'deed';
  if (/\.(policy|queries|view|graphql)\.ts$/.test(file)) return 'reading';
  return 'domain';
}

const outside = /^(graphql|type-graphql|graphql-.*|@apollo\/.*|@nats-io\/.*|node:https?|fastify|undici)$/;

/** Why a file of a service may not take this, or undefined. */
export function layerFault(path: string, target: string | undefined): string | undefined {
  if (!path.startsWith('services/') || isTest(path) || target === undefined) return undefined;
  const from = layerOf(path);
  if (!target.startsWith('.'))
    return from === 'domain' && outside.test(target) ? `the domain imports ${target}: no GraphQL, NATS or HTTP there` : undefined;
  const to = layerOf(normalize(join(dirname(path), target)));
  return ranks[to] > ranks[from] ? `${words[from]} may not import ${target}: ${words[to]} lie above` : undefined;
}

/** Which files a worker's code reaches through its own service, from its entries on. */
export function reachable(entry: string, importsOf: (path: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const target of importsOf(path)) if (target.startsWith('.')) open.push(normalize(join(dirname(path), target)));
  }
  return seen;
}

/** Timers, consumers and the relay run as the role `worker`, past row-level security for persons. */
export const isWorker = (path: string): boolean =>
  /^services\/[^/]+\/src\/(consumers|deadlines)\b/.test(path) ||
  /^packages\/service\/src\/(relay|inbox|consumer|timer|worker)[^/]*\.ts$/.test(path);
