import type { QueryPlan } from '@apollo/query-planner';
import { type FieldNode, Kind, parse } from 'graphql';
import type { Data } from './program.ts';
import type { ReportedError, ServiceAnswer } from './run-program.ts';
import type { Planned } from './supergraph.ts';

export interface StockRun {
  variables: Readonly<Data>;
  operationName: string | undefined;
  services: readonly string[];
  send(service: string, request: StockRequest): Promise<ServiceAnswer>;
}

export interface StockRequest {
  query: string;
  operationName: string | undefined;
  variables: Data;
}

/** Runs plans with Apollo's own executor. */
export type StockExecutor = (planned: Planned, run: StockRun) => Promise<{ data: Data | null | undefined; errors: ReportedError[] }>;

/**
 * Apollo's executor over our services: the fallback for plans that program.ts leaves alone, and what its answers are compared with
 * in the tests. It is loaded when first needed, and then blocks for as long as building the supergraph once more takes.
 */
export async function loadStockExecutor(sdl: string): Promise<StockExecutor> {
  const [{ Supergraph }, { buildOperationContext, executeQueryPlan }] = await Promise.all([
    import('@apollo/federation-internals'),
    import('@apollo/gateway'),
  ]);
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();

  return async ({ plan, source }, { variables, operationName, services, send }) => {
    const document = parse(source);
    const operationContext = buildOperationContext({ schema, operationDocument: document, operationName });
    const dataSource = (service: string) => ({
      async process({ request }: { request: { query?: string; variables?: Data; operationName?: string } }) {
        const sent: StockRequest = { query: request.query ?? '', operationName: request.operationName, variables: request.variables ?? {} };
        const { data, errors, failed } = await send(service, sent);
        return { data, errors: failed ? failurePaths(sent).map((path) => ({ ...failed, path })) : errors };
      },
    });
    const result = await executeQueryPlan(
      withoutSubscription(plan),
      Object.fromEntries(services.map((service) => [service, dataSource(service)])) as never,
      { request: { query: source, operationName, variables }, context: {}, metrics: {}, logger: console, schema, document } as never,
      operationContext,
      supergraphSchema,
      apiSchema,
    );
    const errors = (result.errors ?? []).map(({ message, path, extensions }) => ({ message, path, extensions: { ...extensions } }));
    return { data: result.data, errors };
  };
}

/** The executor refuses subscriptions, but not the fetches of one: the event has answered its first. */
function withoutSubscription({ kind, node }: QueryPlan): QueryPlan {
  if (node?.kind !== 'Subscription') return { kind, node };
  return { kind, node: { kind: 'Sequence', nodes: node.rest ? [node.primary, node.rest] : [node.primary] } };
}

/** Where the fields of a fetch without an answer stand, as the service would have said it. */
function failurePaths({ query, variables }: StockRequest): (string | number)[][] {
  const representations = variables.representations;
  if (Array.isArray(representations)) return representations.map((_, index) => ['_entities', index]);
  const operation = parse(query).definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fields = operation?.selectionSet.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);
  return (fields ?? []).map((field) => [field.alias?.value ?? field.name.value]);
}
