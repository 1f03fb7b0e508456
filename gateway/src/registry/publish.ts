import { composeSupergraph } from '../composition.ts';
import type { ServiceSdl } from '../service-document.ts';
import { type PublishedGraph, publicSchema, publishedGraph } from './graph.ts';
import { hiddenBreaks } from './hidden-fields.ts';
import { checkOperations, type OperationsCheck, type StoredDocument } from './operations-check.ts';
import { type Draft, digestOf, type Publication } from './publication.ts';
import { type Registry, RegistryError } from './registry.ts';
import { type Change, schemaChanges } from './schema-changes.ts';

/** One service's new place in the graph. */
export interface Proposal {
  service: string;
  sdl: string;
  /** Where it listens; as published before when absent. */
  url?: string;
  kind: Draft['kind'];
  /** Who publishes. */
  by: string;
  /** Why it is to be published although operations break. */
  forced?: string;
  dryRun: boolean;
  documents: readonly StoredDocument[];
}

export interface Outcome {
  verdict: 'PUBLISHED' | 'WOULD_PUBLISH' | 'UNCHANGED' | 'BREAKS';
  /** The version that holds now. */
  version: number;
  changes: Change[];
  check: OperationsCheck;
}

/** The service is not in the graph, and nobody said where it listens. */
export class AddressMissing extends Error {}

const TRIES = 20;
const nothing = (): OperationsCheck => ({ broken: [], operations: 0, warnings: [] });

/**
 * Publishes a service's SDL after composing it with what the others have published, and after checking what clients do. When somebody else
 * publishes meanwhile, all of it is done again on their result. `say` hears of that.
 * Rejects with CompositionRefused, RegistryError or AddressMissing.
 */
export async function publish(registry: Registry, proposal: Proposal, say: (line: string) => void = () => undefined): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const graph = await publishedGraph(registry);
    const { supergraph, services, isNew } = proposed(graph, proposal);
    if (!isNew) return { verdict: 'UNCHANGED', version: graph.version, changes: [], check: nothing() };
    const { changes, check } = await judge(registry, graph.supergraph, supergraph, proposal.documents);
    check.broken.unshift(...hiddenBreaks(graph.services.get(proposal.service)?.sdl, proposal.sdl));
    const outcome = { version: graph.version, changes, check };
    if (check.broken.length > 0 && proposal.forced === undefined) return { ...outcome, verdict: 'BREAKS' };
    if (proposal.dryRun) return { ...outcome, verdict: 'WOULD_PUBLISH' };
    try {
      const { service, kind, by } = proposal;
      const forced = check.broken.length > 0 ? proposal.forced : undefined;
      const { version } = await append(registry, { service, kind, by, forced, services }, supergraph, graph.tag);
      return { ...outcome, verdict: 'PUBLISHED', version };
    } catch (error) {
      if (!(error instanceof RegistryError && error.fault === 'PUBLISHED_MEANWHILE') || attempt === TRIES) throw error;
      say(`${error.message}; composing again on that`);
    }
  }
}

/** Makes the graph exactly these services, whatever was published before and whoever uses it. Resolves with the version that holds now. */
export async function publishAll(registry: Registry, services: readonly ServiceSdl[], by: string): Promise<number> {
  const graph = await publishedGraph(registry);
  const supergraph = composeSupergraph(services);
  const next = new Map(services.map((service) => [service.name, service]));
  const isSame = [...next.values()].every(({ name, sdl, url }) => {
    const before = graph.services.get(name);
    return before?.sdl === sdl && before.url === url;
  });
  if (isSame && next.size === graph.services.size && supergraph === graph.supergraph) return graph.version;
  const { version } = await append(registry, { service: '*', kind: 'PUBLISHED', by, services: next }, supergraph, graph.tag);
  return version;
}

/** The SDL that a service had before the one it has now, or in the publication of that number; null when there is none. */
export async function formerSdl(
  registry: Registry,
  service: string,
  version: number | null,
): Promise<{ sdl: string; version: number } | null> {
  const history = await registry.history(1_000);
  const [newest] = history;
  const now = newest?.services[service]?.sdl;
  const isMeant = ({ version: candidate, services }: Publication) =>
    version === null ? services[service] !== undefined && services[service].sdl !== now : candidate === version;
  const former = history.find(isMeant);
  const digest = former?.services[service]?.sdl;
  return former && digest ? { sdl: await registry.text(digest), version: former.version } : null;
}

type Graph = Pick<Draft, 'service' | 'kind' | 'by' | 'forced'> & { services: PublishedGraph['services'] };

async function append(registry: Registry, { services, ...rest }: Graph, supergraph: string, after: string | null): Promise<Publication> {
  for (const { sdl } of services.values()) await registry.keep(sdl);
  await registry.keep(supergraph);
  const digests = Object.fromEntries([...services.values()].map(({ name, url, sdl }) => [name, { url, sdl: digestOf(sdl) }]));
  return registry.append({ ...rest, services: digests, supergraph: digestOf(supergraph) }, after);
}

function proposed(graph: PublishedGraph, { service, sdl, url }: Proposal) {
  const before = graph.services.get(service);
  const address = url ?? before?.url;
  if (address === undefined) throw new AddressMissing(service);
  const services = new Map(graph.services).set(service, { name: service, sdl, url: address });
  const isNew = before?.sdl !== sdl || before.url !== address;
  return { services, isNew, supergraph: isNew ? composeSupergraph([...services.values()]) : '' };
}

async function judge(registry: Registry, before: string | null, after: string, documents: readonly StoredDocument[]) {
  const is = publicSchema(after);
  const was = before === null ? null : publicSchema(before);
  const check = was ? checkOperations(await registry.reports(), documents, was, is, new Date()) : nothing();
  return { changes: schemaChanges(was, is), check };
}
