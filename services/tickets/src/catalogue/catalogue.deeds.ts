import { conflict, ErrorCode, type Fault, isId, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { TicketsContext } from '../tickets-context.ts';
import { CatalogueRow } from './catalogue-entry.ts';

interface Retirement {
  id: string;
  expectedVersion?: number | null;
  replacedById?: string | null;
}

/** Takes an entry out of use, so that this replica offers it no more when it answers; others within two seconds. */
export async function retireEntry(context: TicketsContext, { id, expectedVersion, ...given }: Retirement): Promise<void> {
  const { viewer, now, requestId, traceparent } = context;
  const replacedById = given.replacedById ?? null;
  await context.em.transactional(async (em) => {
    const entry = await entryById(em, id);
    const faults = [await entryFault(em, entry), ...(replacedById === null ? [] : [await replacementFault(em, replacedById, entry)])];
    const found = faults.filter((fault) => fault !== null);
    if (!entry || found.length > 0) throw new Refused(...found);
    if (typeof expectedVersion === 'number' && expectedVersion !== entry.version)
      throw conflict('Someone else changed this entry meanwhile.');
    entry.retire(em, replacedById, { actor: viewer.analystId ?? viewer.personId, now, requestId, traceparent });
  });
  await context.deps.library.refresh();
}

/** The row, locked: of two who change it in one moment the second sees what the first has left. */
const entryById = async (em: EntityManager, id: string): Promise<CatalogueRow | null> =>
  isId('opt', id) ? em.findOne(CatalogueRow, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }) : null;

async function entryFault(em: EntityManager, entry: CatalogueRow | null): Promise<Fault | null> {
  const field = ['input', 'id'];
  if (!entry) return { code: ErrorCode.NOT_FOUND, field };
  return (await isRetired(em, entry)) ? { code: ErrorCode.OPTION_RETIRED, field } : null;
}

async function replacementFault(em: EntityManager, id: string, entry: CatalogueRow | null): Promise<Fault | null> {
  const field = ['input', 'replacedById'];
  const other = await entryById(em, id);
  if (!other || other === entry || (entry && other.level !== entry.level)) return { code: ErrorCode.NOT_AN_OPTION, field };
  return (await isRetired(em, other)) ? { code: ErrorCode.OPTION_RETIRED, field } : null;
}

/** Itself, or something above it. */
async function isRetired(em: EntityManager, { path }: CatalogueRow): Promise<boolean> {
  const parts = path.split('/');
  const line = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return (await em.count(CatalogueRow, { path: { $in: line }, retired: true })) > 0;
}
