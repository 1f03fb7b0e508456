import { type Fault, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { CatalogueOutcome, PlannedLine } from '../catalogue/catalogue-plan.ts';
import { CataloguePart } from './catalogue-part.ts';

export const catalogueFormats = ['CSV', 'JSON'] as const;
export type CatalogueFormat = (typeof catalogueFormats)[number];

/** What became of one line of a file. */
export interface ImportedLine {
  line: number;
  outcome: CatalogueOutcome;
  faults: Fault[];
}

/** The report of an import that was done, kept as long as its clientKey: a repeat is answered with it. */
const CatalogueImportSchema = defineEntity({
  name: 'CatalogueImport',
  tableName: 'catalogue_import',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('person_id') },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [{ name: 'catalogue_import_by_time', properties: ['createdAt'] }],
  properties: (p) => ({
    id: p.text().primary(),
    personId: p.text(),
    /** Line and outcome of each. */
    lines: p.json<[number, CatalogueOutcome][]>(),
    createdAt: p.datetime(3),
  }),
});
export class CatalogueImport extends CatalogueImportSchema.class {}
CatalogueImportSchema.setClass(CatalogueImport);

/** What became of a file: how many lines had each outcome, and the lines. */
export interface CatalogueReport {
  /** Whether it was done: not in a dry run, and not when any line was refused. */
  applied: boolean;
  counts: Record<CatalogueOutcome, number>;
  lines: ImportedLine[];
}

export function reportOf(lines: ImportedLine[], applied: boolean): CatalogueReport {
  const counts = { CREATED: 0, CHANGED: 0, RETIRED: 0, UNCHANGED: 0, REFUSED: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  return { applied, counts, lines };
}

export const importedLine = ({ line, outcome, faults }: PlannedLine): ImportedLine => ({ line, outcome, faults });

const KEPT = 25 * 3_600_000; // ms; as long as a clientKey

/** Forgets reports and parts of files that nobody will ask for any more. */
export async function forgetImports(em: EntityManager, now: Date): Promise<void> {
  const over = { createdAt: { $lt: new Date(now.getTime() - KEPT) } };
  await em.nativeDelete(CatalogueImport, over);
  await em.nativeDelete(CataloguePart, over);
}
