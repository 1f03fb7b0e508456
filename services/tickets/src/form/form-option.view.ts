import type { ListedEntry } from '../catalogue/catalogue.ts';
import type { FieldOptionFace } from './form.graphql.ts';
import type { Language, Localized } from './form-text.ts';

/** An option as the public schema shows it, with what its relations are read by. */
export interface OptionRow extends FieldOptionFace {
  replacedById: string | null;
}

/** An entry in one language; `label` where a list calls it by more than its own name. */
export const drawOption = (entry: ListedEntry, language: Language, label: Localized = entry.labels): OptionRow => ({
  id: entry.id,
  code: entry.code,
  label: label[language],
  help: entry.help?.[language] ?? null,
  children: entry.children,
  retired: entry.retired,
  version: entry.version,
  replacedById: entry.replacedById,
});
