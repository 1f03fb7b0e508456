import { type Connection, connection, decodePageCursor, isId, type Language, type PageArguments, pageOf, pageSize } from '@atende/service';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import { nameOf } from '../privacy/anonymous-name.ts';
import type { AuditAct } from './acts.ts';
import { AuditEntry, type AuditEntryRow, type AuditOutcome } from './audit-entry.ts';
import { AuditSeal } from './audit-seal.ts';

export interface AuditSearch {
  from?: Date | null;
  to?: Date | null;
  actorId?: string | null;
  subjectId?: string | null;
  act?: AuditAct | null;
  outcome?: AuditOutcome | null;
  organizationId?: string | null;
}

/** An entry with its place in the chain, once it has one. */
export interface AuditLine extends AuditEntryRow {
  position: number | null;
  hash: string | null;
  /** The name of the human being behind the actor, as it is today. */
  actorName: string | null;
}

const newestFirst = { at: 'desc', id: 'desc' } as const;

/** A page of the entries that the unit of work may see, the newest first, each with its place in the chain. */
export async function auditPage(em: EntityManager, filter: AuditSearch, asked: PageArguments): Promise<Connection<AuditLine>> {
  const page = await auditPageWhere(em, matching(filter), asked);
  const seals = await em.find(AuditSeal, { entryId: { $in: page.edges.map(({ node }) => node.id) } }, { disableIdentityMap: true });
  const sealOf = new Map(seals.map((seal) => [seal.entryId, seal]));
  return {
    ...page,
    edges: page.edges.map(({ node, cursor }) => {
      const { position = null, hash = null } = sealOf.get(node.id) ?? {};
      return { cursor, node: Object.assign(node, { position, hash, actorName: null }) };
    }),
  };
}

/** A page of the entries that fit, the newest first. */
export async function auditPageWhere(em: EntityManager, fitting: object, { first, after }: PageArguments): Promise<Connection<AuditEntry>> {
  const { size } = pageSize({ first });
  const where = { $and: [fitting, before(after)] } as FilterQuery<AuditEntry>;
  const entries = await em.find(AuditEntry, where, { orderBy: newestFirst, limit: size + 1, disableIdentityMap: true });
  return connection(pageOf(entries, { first, after }, ({ at, id }) => [at.getTime(), id]));
}

function matching({ from, to, actorId, subjectId, act, outcome, organizationId }: AuditSearch): object {
  return {
    $and: [
      ...(from ? [{ at: { $gte: from } }] : []),
      ...(to ? [{ at: { $lt: to } }] : []),
      // Whoever asks for a person means their acts as contact or analyst too.
      ...(actorId ? [isId('per', actorId) ? { personId: actorId } : { actorId }] : []),
      ...(subjectId ? [{ subjectId }] : []),
      ...(act ? [{ act }] : []),
      ...(outcome ? [{ outcome }] : []),
      ...(organizationId ? [{ organizationId }] : []),
    ],
  };
}

function before(after: string | null | undefined): object {
  if (after === null || after === undefined) return {};
  const [time, id] = decodePageCursor(after, 2);
  const at = new Date(Number(time));
  // The first part leads the index to the place; the second decides among acts of one moment.
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { id: { $lt: String(id) } }] };
}

/**
 * Puts names to a page. Read as the worker: an auditor sees who acted and nothing else of a person, neither an e-mail nor an
 * organization, and row-level security shows whole rows or none.
 */
export async function named(page: Connection<AuditLine>, worker: EntityManager, language: Language): Promise<Connection<AuditLine>> {
  const ids = page.edges.flatMap(({ node }) => node.personId ?? []);
  const people = await worker.find(Person, { id: { $in: ids } }, { fields: ['id', 'name'] });
  const names = new Map(people.map(({ id, name }) => [id, nameOf({ name }, language)]));
  for (const { node } of page.edges) node.actorName = names.get(node.personId ?? '') ?? null;
  return page;
}
