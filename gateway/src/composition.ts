import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLError, parse } from 'graphql';
import { LIVE_SERVICE, liveDocument } from './live-document.ts';
import { type Problem, parseService, type ServiceDocument, type ServiceSdl, typesOf } from './service-document.ts';

/** Why the services do not make one graph. The message is a list a person can work through. */
export class CompositionRefused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(['The services do not compose into one graph:', ...problems.map(sentence)].join('\n'));
    this.name = 'CompositionRefused';
    this.problems = problems;
  }
}

/**
 * Composes the services' SDL and the `live` document derived from it into the text of one supergraph.
 * The same services give the same bytes, in whatever order they come.
 * @throws CompositionRefused with every problem found
 */
export function composeSupergraph(services: readonly ServiceSdl[]): string {
  const composed = composeServices(subgraphsOf(services));
  if (composed.errors) throw new CompositionRefused(composed.errors.map(composerProblem));
  refuseWhatTheGatewayCannotRun(composed.supergraphSdl);
  return composed.supergraphSdl;
}

/**
 * What a composer is given: the services' documents after our own rules, and the derived one.
 * @throws CompositionRefused
 */
export function subgraphsOf(services: readonly ServiceSdl[]): { name: string; url: string; typeDefs: DocumentNode }[] {
  const problems: Problem[] = [];
  const documents = [...services]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((service) => parseService(service, problems))
    .filter((document) => document !== null);
  for (const document of documents) problems.push(...ownRules(document));
  const live = liveDocument(documents, problems);
  if (problems.length > 0) throw new CompositionRefused(problems);
  const subgraphs = documents.map(({ name, url, document }) => ({ name, url, typeDefs: document }));
  if (live !== null) subgraphs.push({ name: LIVE_SERVICE, url: 'live:', typeDefs: parse(live) });
  return subgraphs;
}

function* ownRules({ name, url, ...service }: ServiceDocument): Generator<Problem> {
  if (name === LIVE_SERVICE) yield { service: name, at: 'its name', message: 'is reserved for the gateway; choose another' };
  if (!/^[a-z][a-z0-9-]*$/.test(name)) yield { service: name, at: 'its name', message: 'must be lower-case letters, digits and hyphens' };
  if (!URL.canParse(url))
    yield { service: name, at: 'its address', message: `"${url}" is not a URL such as http://127.0.0.1:4101/graphql` };
  for (const type of typesOf({ name, url, ...service })) {
    if (type.name.value !== 'Query' || !('fields' in type)) continue;
    for (const field of type.fields ?? []) {
      if (field.name.value.startsWith('_') && !isFederation(field.name.value) && !isHidden(field)) {
        yield { service: name, at: `Query.${field.name.value}`, message: 'starts with an underscore, so it must be @inaccessible' };
      }
    }
  }
}

const isFederation = (field: string) => field === '_service' || field === '_entities';
const isHidden = (field: { readonly directives?: readonly { readonly name: { readonly value: string } }[] }) =>
  Boolean(field.directives?.some((directive) => directive.name.value === 'inaccessible'));

/** The composer accepts features that the gateway refuses at load, such as @authenticated. Here is the place to say so. */
function refuseWhatTheGatewayCannotRun(sdl: string): void {
  try {
    Supergraph.build(sdl, { validateSupergraph: true });
  } catch (error) {
    throw new CompositionRefused([{ service: '*', at: 'the supergraph', message: (error as Error).message }]);
  }
}

function composerProblem(error: GraphQLError): Problem {
  const [, service, message] = /^\[([a-z0-9-]+)\] ([\s\S]*)$/.exec(error.message) ?? [null, '*', error.message];
  const places = (error.nodes ?? []).map((node) => ('name' in node && node.name ? node.name.value : '')).filter(Boolean);
  return {
    service: service ?? '*',
    at: [...new Set(places)].join(', ') || String(error.extensions.code ?? 'the graph'),
    message: message ?? '',
  };
}

function sentence({ service, at, message }: Problem): string {
  return `- ${service === '*' ? 'all services' : service}, ${at}: ${message}`;
}
