import { eventually, rita, type TestIdentity } from './identity.ts';

const LOG = `query ($filter: AuditFilter, $first: Int, $after: String) { auditLog(filter: $filter, first: $first, after: $after) {
  edges { node { id at act outcome code field actorId actorName personId sessionId subjectId organizationId service requestId network count position hash } }
  pageInfo { hasNextPage endCursor } } }`;

/** One entry as an auditor reads it. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it asked for
export type ReadEntry = Record<string, any>;

/** What an auditor reads. */
export const auditLogOf = (identity: () => TestIdentity) => {
  const page = async (filter: object, first = 100, after: string | null = null, as = rita) =>
    identity().as(as, LOG, { filter, first, after });
  const read = async (filter: object): Promise<ReadEntry[]> =>
    (await page(filter)).data.auditLog.edges.map((edge: { node: ReadEntry }) => edge.node);
  return {
    page,
    read,
    /** The entries, once there are as many: they come by way of the stream. */
    entries: (filter: object, atLeast = 1): Promise<ReadEntry[]> =>
      eventually(async () => {
        const found = await read(filter);
        return found.length >= atLeast ? found : null;
      }),
  };
};
