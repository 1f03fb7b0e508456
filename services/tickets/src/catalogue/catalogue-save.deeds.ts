import { conflict, ErrorCode, type Fault, newId, notFound, once, Refused } from '@atende/service';
import type { TicketsContext } from '../tickets-context.ts';
import type { SaveCatalogueEntryInput } from './catalogue.graphql.ts';
import type { CatalogueEntry, ResolvedEntry } from './catalogue.ts';
import { CatalogueEdit } from './catalogue-edit.ts';
import type { MemoryCatalogue } from './catalogue-memory.ts';
import { planCatalogue } from './catalogue-plan.ts';
import type { SaidEntry, SaidTexts } from './catalogue-said.ts';

/** Makes an entry, once per clientKey, or changes one; this replica offers it so when it answers, others within two seconds. Returns its id. */
export async function saveEntry(context: TicketsContext, input: SaveCatalogueEntryInput): Promise<string> {
  const { em, viewer, now, deps } = context;
  const { clientKey, ...said } = input;
  if (!input.id && !clientKey) throw new Refused({ code: ErrorCode.REQUIRED, field: ['input', 'clientKey'] });
  const id = input.id
    ? await em.transactional(async (own) => save(await CatalogueEdit.begin(context, own), input))
    : await once(
        { em, viewer, now, mutation: 'saveCatalogueEntry', clientKey: clientKey as string, input: said, id: newId('opt') },
        async (own, newEntryId) => {
          await save(await CatalogueEdit.begin(context, own), input, newEntryId);
        },
      );
  await deps.library.freshCatalogue();
  return id;
}

interface Begun {
  edit: CatalogueEdit;
  catalogue: MemoryCatalogue;
}

async function save({ edit, catalogue }: Begun, input: SaveCatalogueEntryInput, newEntryId?: string): Promise<string> {
  const { id, expectedVersion, parentId } = input;
  const before = id ? catalogue.byId(id)?.own : undefined;
  if (id && !before) throw notFound();
  const parent = catalogue.byId((before ? before.parentId : parentId) ?? '');
  const said = saidBy(input, before, parent);
  const [planned] = await planCatalogue([{ line: 1, said, faults: [] }], catalogue);
  if (!planned) throw notFound();
  const faults = [...planned.faults.map(inInput), ...placeFaults(input, before, parent), ...takenFaults(planned.before, before)];
  if (faults.length > 0) throw new Refused(...faults);
  if (before && typeof expectedVersion === 'number' && expectedVersion !== before.version)
    throw conflict('Someone else changed this entry meanwhile.');
  const entry = newEntryId ? { ...planned.entry, id: newEntryId } : planned.entry;
  if (planned.outcome !== 'UNCHANGED') await edit.keep([{ before: planned.before, entry }], catalogue);
  return entry.id;
}

/** An input as a line of a file says it. */
function saidBy(input: SaveCatalogueEntryInput, before: CatalogueEntry | undefined, parent: ResolvedEntry | undefined): SaidEntry {
  const { labels, help, aliases, serviceGroup, kind, position } = input;
  const { level, code } = before ?? { level: input.level ?? '', code: input.code ?? '' };
  const said = { labels: labels && textsIn(labels), help: help && textsIn(help), aliases, serviceGroup, kind, position };
  const given = Object.fromEntries(
    Object.entries(said).filter(([key, value]) => value !== undefined && (value !== null || key in clearable)),
  );
  return { parent: parent?.path ?? null, level: level.trim(), code: code.trim(), ...given };
}

const clearable = { help: true, serviceGroup: true, kind: true };

const textsIn = ({ ptBR, en, es }: { ptBR: string; en?: string | null; es?: string | null }): SaidTexts => ({
  ptBR,
  en: en ?? '',
  es: es ?? '',
});

const inInput = ({ field = [], ...fault }: Fault): Fault => ({
  ...fault,
  field: ['input', ...field.map((part) => (part === 'parent' ? 'parentId' : part))],
});

/** Where an entry stands is said once and for all. */
function placeFaults(
  { parentId, level, code }: SaveCatalogueEntryInput,
  before: CatalogueEntry | undefined,
  parent: ResolvedEntry | undefined,
): Fault[] {
  const field = ['input', 'parentId'];
  if (!before) {
    if (parentId && !parent) return [{ code: ErrorCode.NOT_FOUND, field }];
    return parent?.retired ? [{ code: ErrorCode.OPTION_RETIRED, field }] : [];
  }
  const said = { parentId, level, code };
  const moved = (['parentId', 'level', 'code'] as const).filter((key) => said[key] != null && said[key] !== before[key]);
  return moved.map((key) => ({ code: ErrorCode.FIXED_FIELD, field: ['input', key] }));
}

/** A new entry takes no other's place. */
const takenFaults = (known: CatalogueEntry | null, before: CatalogueEntry | undefined): Fault[] =>
  known && !before ? [{ code: ErrorCode.CODE_TAKEN, field: ['input', 'code'] }] : [];
