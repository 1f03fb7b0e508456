import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ErrorCode, type Fault, newId } from '@atende/service';
import type { Localized } from '../form/form-text.ts';
import { type CatalogueEntry, type EnvironmentKind, pathOf } from './catalogue.ts';
import type { MemoryCatalogue } from './catalogue-memory.ts';
import { type SaidEntry, type SaidTexts, saidFaults } from './catalogue-said.ts';

export const catalogueOutcomes = ['CREATED', 'CHANGED', 'RETIRED', 'UNCHANGED', 'REFUSED'] as const;
export type CatalogueOutcome = (typeof catalogueOutcomes)[number];

/** A line of a file, and everything that is wrong with how it is written. */
export interface SaidLine {
  /** Where it stands in the file, from 1. */
  line: number;
  /** Null when nothing could be read. */
  said: SaidEntry | null;
  faults: Fault[];
}

export interface PlannedLine {
  line: number;
  outcome: CatalogueOutcome;
  faults: Fault[];
  /** The entry as it is; null for a new one. */
  before: CatalogueEntry | null;
  /** The entry as it is to be. */
  entry: CatalogueEntry;
}

const TURN = 500; // lines; a few milliseconds
const MAX_PATH = 400;

/** What becomes of each line, before anything is changed. Entries may stand before what they stand below or are replaced by. */
export async function planCatalogue(lines: readonly SaidLine[], catalogue: MemoryCatalogue): Promise<PlannedLine[]> {
  const drafts = await inTurns(lines, (line) => draftOf(line, catalogue));
  const first = new Map<string, Draft>();
  for (const draft of drafts) if (draft.path !== '' && !first.has(draft.path)) first.set(draft.path, draft);
  const find = (path: string): CatalogueEntry | undefined => first.get(path)?.entry ?? catalogue.byPath(path)?.own;
  return inTurns(drafts, (draft) => planned(draft, first.get(draft.path), find));
}

/** One after the other; other requests run in between. */
export async function inTurns<Item, Result>(items: readonly Item[], one: (item: Item, index: number) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    results.push(one(item, index));
    if (index % TURN === TURN - 1) await setImmediate();
  }
  return results;
}

interface Draft extends Omit<PlannedLine, 'outcome'> {
  said: SaidEntry | null;
  /** '' for a line that names no entry. */
  path: string;
}

function draftOf({ line, said, faults }: SaidLine, catalogue: MemoryCatalogue): Draft {
  const own = said ? saidFaults(said) : [];
  const named = said !== null && !own.some(({ field }) => field?.[0] === 'level' || field?.[0] === 'code');
  const path = named ? pathOf(said.parent, said.level, said.code) : '';
  const before = catalogue.byPath(path)?.own ?? null;
  const entry = said ? changed(before ?? newEntry(path, said), said) : newEntry(path, { parent: null, level: '', code: '' });
  return { line, said, path, before, entry, faults: [...faults, ...own] };
}

const newEntry = (path: string, { level, code }: SaidEntry): CatalogueEntry => ({
  ...{ id: newId('opt'), parentId: null, path, level, code, labels: { 'pt-BR': '', en: '', es: '' }, help: null, aliases: [] },
  ...{ serviceGroup: null, kind: null, retired: false, replacedById: null, version: 0, position: 0 },
});

/** The entry as it is said to be; what names other entries is looked up later. */
const changed = (entry: CatalogueEntry, { labels, help, ...said }: SaidEntry): CatalogueEntry => ({
  ...entry,
  labels: labels === undefined ? entry.labels : texts(entry.labels, labels),
  help: help === undefined ? entry.help : filled(texts(entry.help, help ?? { ptBR: '', en: '', es: '' })),
  aliases: said.aliases === undefined ? entry.aliases : [...new Set(said.aliases.map((alias) => alias.trim()))],
  serviceGroup: said.serviceGroup === undefined ? entry.serviceGroup : said.serviceGroup || null,
  kind: said.kind === undefined ? entry.kind : ((said.kind || null) as EnvironmentKind | null),
  position: said.position ?? entry.position,
  retired: entry.retired || (said.retired ?? false),
});

/** The Portuguese text where another is said to be empty, or was never given. */
function texts(before: Localized | null, { ptBR = before?.['pt-BR'] ?? '', en = before?.en, es = before?.es }: SaidTexts): Localized {
  const pt = ptBR.trim();
  return { 'pt-BR': pt, en: en?.trim() || pt, es: es?.trim() || pt };
}

const filled = (help: Localized): Localized | null => (help['pt-BR'] === '' ? null : help);

function planned(draft: Draft, first: Draft | undefined, find: (path: string) => CatalogueEntry | undefined): PlannedLine {
  const { line, said, path, before, faults } = draft;
  const parent = said?.parent == null ? null : find(said.parent);
  const instead = said?.replacedBy ? find(said.replacedBy) : null;
  const entry = { ...draft.entry, parentId: parent?.id ?? null };
  if (said?.replacedBy !== undefined) entry.replacedById = instead?.id ?? null;
  const isNews = before === null || !isDeepStrictEqual(before, entry);
  if (said !== null) faults.push(...linkFaults(said, entry, parent, instead), ...editFaults(said, before, entry, isNews));
  if (first && first !== draft) faults.push({ code: ErrorCode.DUPLICATE_LINE, field: ['code'], params: { line: first.line } });
  if (path.length > MAX_PATH) faults.push({ code: ErrorCode.TOO_LONG, field: ['code'], params: { max: MAX_PATH, length: path.length } });
  if (before && isNews) entry.version = before.version + 1;
  return { line, faults, before, entry, outcome: faults.length > 0 ? 'REFUSED' : outcomeOf(before, entry, isNews) };
}

const outcomeOf = (before: CatalogueEntry | null, entry: CatalogueEntry, isNews: boolean): CatalogueOutcome =>
  before === null ? 'CREATED' : entry.retired && !before.retired ? 'RETIRED' : isNews ? 'CHANGED' : 'UNCHANGED';

/** What is wrong with the entries that it names. */
function linkFaults(
  said: SaidEntry,
  entry: CatalogueEntry,
  parent: CatalogueEntry | null | undefined,
  instead: CatalogueEntry | null | undefined,
): Fault[] {
  const faults: Fault[] = [];
  if (parent === undefined) faults.push({ code: ErrorCode.NOT_FOUND, field: ['parent'] });
  if (!said.replacedBy) return faults;
  const field = ['replacedBy'];
  if (!instead) faults.push({ code: ErrorCode.NOT_FOUND, field });
  else if (instead.id === entry.id || instead.level !== entry.level) faults.push({ code: ErrorCode.NOT_AN_OPTION, field });
  if (!entry.retired) faults.push({ code: ErrorCode.HIDDEN_FIELD, field });
  return faults;
}

/** What is wrong with the entry that would come out. */
function editFaults(said: SaidEntry, before: CatalogueEntry | null, entry: CatalogueEntry, isNews: boolean): Fault[] {
  const faults: Fault[] = [];
  if (entry.labels['pt-BR'] === '') faults.push({ code: ErrorCode.REQUIRED, field: ['labels', 'ptBR'] });
  if (said.help && entry.help === null && (said.help.en || said.help.es))
    faults.push({ code: ErrorCode.REQUIRED, field: ['help', 'ptBR'] });
  if (entry.level === 'ENVIRONMENT' && entry.kind === null) faults.push({ code: ErrorCode.REQUIRED, field: ['kind'] });
  if (entry.level !== 'ENVIRONMENT' && entry.kind !== null) faults.push({ code: ErrorCode.HIDDEN_FIELD, field: ['kind'] });
  if (before === null) return faults;
  if (said.level !== before.level) faults.push({ code: ErrorCode.FIXED_FIELD, field: ['level'] });
  if (before.retired && said.retired === false) faults.push({ code: ErrorCode.OPTION_RETIRED, field: ['retired'] });
  if (isNews && said.version !== undefined && said.version !== before.version)
    faults.push({ code: ErrorCode.CONFLICT, field: ['version'] });
  return faults;
}
