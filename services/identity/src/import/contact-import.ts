import type { Fault } from '@atende/service';
import { sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager, type InferEntity } from '@mikro-orm/postgresql';
import { sqlManagesContacts } from '../rights.ts';
import type { Outcome, PlannedLine } from './import-plan.ts';

/** What became of one line of a file. */
export interface ImportedLine {
  line: number;
  outcome: Outcome;
  faults: Fault[];
}

/** The report of one import, kept as long as its clientKey: a repeat is answered with it. */
export const ContactImportSchema = defineEntity({
  name: 'ContactImport',
  tableName: 'contact_import',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', command: 'select', using: sqlIsSelf('person_id') },
    { name: 'imported', command: 'insert', check: `${sqlIsSelf('person_id')} and ${sqlManagesContacts('organization_id')}` },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [{ name: 'contact_import_by_time', properties: ['createdAt'] }],
  properties: (p) => ({
    id: p.text().primary(),
    organizationId: p.text(),
    /** Who imported: nobody else reads what they mistyped. */
    personId: p.text(),
    lines: p.json<ImportedLine[]>(),
    createdAt: p.datetime(3),
  }),
});
export class ContactImport extends ContactImportSchema.class {}
ContactImportSchema.setClass(ContactImport);
export type ContactImportRow = InferEntity<typeof ContactImportSchema>;

/** How many lines had each outcome, and the lines. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  lines: ImportedLine[];
}

export function reportOf(lines: ImportedLine[]): ImportReport {
  const count = (outcome: Outcome): number => lines.filter((line) => line.outcome === outcome).length;
  return { created: count('CREATED'), updated: count('UPDATED'), unchanged: count('UNCHANGED'), refused: count('REFUSED'), lines };
}

export const importedLine = ({ line, outcome, faults }: PlannedLine): ImportedLine => ({ line, outcome, faults });

const KEPT = 25 * 3_600_000; // ms; as long as a clientKey

export async function forgetImports(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(ContactImport, { createdAt: { $lt: new Date(now.getTime() - KEPT) } });
}
