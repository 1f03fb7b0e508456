import { z } from 'zod';
import { type Language, localizedSchema } from '../form/form-text.ts';
import type { Indexed } from './catalogue-search.ts';

/**
 * Levels that the code knows. The list is open: a supervisor may import entries of a new level and use it in a
 * form, so a level is a word, not an enum.
 */
export const treeLevels = ['MACRO_SEGMENT', 'PRODUCT', 'MODULE', 'ROUTINE_GROUP', 'ROUTINE'] as const;

/** The second meaning of "Ambiente" (domain 2.1): what a product's own environment is for. */
export const environmentKinds = ['PRODUCTION', 'HOMOLOGATION', 'TEST'] as const;
export type EnvironmentKind = (typeof environmentKinds)[number];

export const levelSchema = z.string().regex(/^[A-Z][A-Z_]{1,39}$/, 'a level is a word in capitals, like ROUTINE_GROUP');
export const codeSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a code has letters, digits, ".", "_" and "-", 64 at most');

/** One line of the catalogue: a node of the product tree, or an entry of a list beside it. */
export const catalogueEntrySchema = z.strictObject({
  id: z.string().min(1),
  parentId: z.string().min(1).nullable(),
  /** where it stands, in codes: `erp/rm/labore`, `erp/rm/version:12.1.2410`, `country:BR`. Unique, and never changes. */
  path: z.string().min(1).max(400),
  level: levelSchema,
  code: codeSchema,
  labels: localizedSchema,
  help: localizedSchema.nullable(),
  aliases: z.array(z.string().trim().min(1)),
  /** Agrupador de Serviço, used by routing; null takes the one of the nearest node above */
  serviceGroup: z.string().min(1).nullable(),
  /** only for environments */
  kind: z.enum(environmentKinds).nullable(),
  retired: z.boolean(),
  /** what is to be chosen instead of a retired one */
  replacedById: z.string().min(1).nullable(),
  /** counts changes */
  version: z.int().min(0),
  /** orders short lists that have an order of their own; equal positions are sorted by label */
  position: z.int().min(0),
});

export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

/** Nodes of the tree are named by code alone; entries beside it say their list, so that neither can take the other's name. */
export function pathOf(parentPath: string | null, level: string, code: string): string {
  const segment = (treeLevels as readonly string[]).includes(level) ? code : `${level.toLowerCase().replaceAll('_', '-')}:${code}`;
  return parentPath === null ? segment : `${parentPath}/${segment}`;
}

/** An entry as it counts today: service group and retirement inherited from above. */
export interface ResolvedEntry extends CatalogueEntry {
  /** labels of the nodes above it, root first */
  trail: readonly CatalogueEntry['labels'][];
  /** the entry as it is stored, nothing inherited */
  own: CatalogueEntry;
  /** how it is found and sorted */
  index: Indexed;
}

/** Which entries a field offers: of these levels, below this node (an id or a path; null: anywhere). */
export interface OptionScope {
  levels: readonly string[];
  below: string | null;
  depth: 'CHILDREN' | 'DESCENDANTS';
}

/** Stands for a node above all that stand below nothing; no path is like it. */
export const ROOTS = '/';

/** A list as a supervisor looks at it: of any level when null, with what is out of use too. */
export interface TreeScope extends Omit<OptionScope, 'levels'> {
  levels: readonly string[] | null;
  /** in use unless said */
  state?: 'IN_USE' | 'OUT_OF_USE' | 'ANY';
}

export interface CatalogueRequest {
  ids: readonly string[];
  paths: readonly string[];
  /** "is there any entry that is not retired in this scope?" */
  scopes: readonly OptionScope[];
}

export interface CatalogueSlice {
  entries: readonly ResolvedEntry[];
  /** one answer per asked scope, in the same order */
  filled: readonly boolean[];
}

export interface OptionPageRequest {
  search: string | null;
  language: Language;
  first: number;
  after: string | null;
}

/** An entry with whether anything stands below it. */
export type ListedEntry = ResolvedEntry & { children: boolean };

export interface OptionPage {
  entries: readonly ListedEntry[];
  cursors: readonly string[];
  /** id of the node they lie below; null: anywhere; empty: below nothing that exists */
  below: string | null;
  hasNextPage: boolean;
}

/** How rules reach the catalogue: over the database in the service, in memory in tests and seeds. */
export interface CatalogueLookup {
  load(request: CatalogueRequest): Promise<CatalogueSlice>;
  page(scope: OptionScope, request: OptionPageRequest): Promise<OptionPage>;
  /** Entries by id, retired ones too; what does not exist is left out. */
  listed(ids: readonly string[]): Promise<ListedEntry[]>;
  /** An entry of this level with this code, wherever it stands; also a retired one. */
  coded(level: string, code: string): Promise<ResolvedEntry | undefined>;
}
