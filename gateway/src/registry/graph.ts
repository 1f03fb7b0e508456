import { printSchema, Supergraph } from '@apollo/federation-internals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { ServiceSdl } from '../service-document.ts';
import type { Newest, Registry } from './registry.ts';

/** What is published now, with its texts. */
export interface PublishedGraph {
  tag: string | null;
  version: number;
  services: ReadonlyMap<string, ServiceSdl>;
  /** Null before the first publication. */
  supergraph: string | null;
}

export async function publishedGraph(registry: Registry): Promise<PublishedGraph> {
  const newest = (await registry.newest()) as Newest | null;
  if (newest === null) return { tag: null, version: 0, services: new Map(), supergraph: null };
  const { publication, tag } = newest;
  const services = await Promise.all(
    Object.entries(publication.services).map(async ([name, { url, sdl }]) => ({ name, url, sdl: await registry.text(sdl) })),
  );
  const supergraph = await registry.text(publication.supergraph);
  return { tag, version: publication.version, services: new Map(services.map((service) => [service.name, service])), supergraph };
}

/** What clients may know of a supergraph. */
export function publicSchema(supergraph: string): GraphQLSchema {
  return buildSchema(printSchema(Supergraph.build(supergraph, { validateSupergraph: false }).apiSchema()), { assumeValid: true });
}
