import { conflict, ErrorCode, type Fault, isId, Refused } from '@atende/service';
import type { TicketsContext } from '../tickets-context.ts';
import type { ResolvedEntry } from './catalogue.ts';
import { CatalogueEdit } from './catalogue-edit.ts';
import type { MemoryCatalogue } from './catalogue-memory.ts';

interface Retirement {
  id: string;
  expectedVersion?: number | null;
  replacedById?: string | null;
}

/** Takes an entry out of use, so that this replica offers it no more when it answers; others within two seconds. */
export async function retireEntry(context: TicketsContext, { id, expectedVersion, ...given }: Retirement): Promise<void> {
  const replacedById = given.replacedById ?? null;
  await context.em.transactional(async (em) => {
    const { edit, catalogue } = await CatalogueEdit.begin(context, em);
    const entry = entryIn(catalogue, id);
    const other = replacedById === null ? undefined : entryIn(catalogue, replacedById);
    const faults = [...entryFaults(entry), ...(replacedById === null ? [] : replacementFaults(other, entry))];
    if (!entry || faults.length > 0) throw new Refused(...faults);
    if (typeof expectedVersion === 'number' && expectedVersion !== entry.version)
      throw conflict('Someone else changed this entry meanwhile.');
    const retired = { ...entry.own, retired: true, replacedById, version: entry.version + 1 };
    await edit.keep([{ before: entry.own, entry: retired }], catalogue);
  });
  await context.deps.library.freshCatalogue();
}

const entryIn = (catalogue: MemoryCatalogue, id: string): ResolvedEntry | undefined => (isId('opt', id) ? catalogue.byId(id) : undefined);

/** Out of use: itself, or something above it. */
function entryFaults(entry: ResolvedEntry | undefined): Fault[] {
  const field = ['input', 'id'];
  if (!entry) return [{ code: ErrorCode.NOT_FOUND, field }];
  return entry.retired ? [{ code: ErrorCode.OPTION_RETIRED, field }] : [];
}

function replacementFaults(other: ResolvedEntry | undefined, entry: ResolvedEntry | undefined): Fault[] {
  const field = ['input', 'replacedById'];
  if (!other || other === entry || (entry && other.level !== entry.level)) return [{ code: ErrorCode.NOT_AN_OPTION, field }];
  return other.retired ? [{ code: ErrorCode.OPTION_RETIRED, field }] : [];
}
