import type { ResolvedEntry } from '../catalogue/catalogue.ts';
import type { Field, OptionSource } from './form.ts';
import type { Value } from './form-answer.ts';
import { type Localized, mapText, sameText, text } from './form-text.ts';

const on = text('Sim', 'Yes', 'Sí');
const off = text('Não', 'No', 'No');

/** An option's label; where a list spans several nodes, with those from the list's root down to it. */
export function labelOf(entry: ResolvedEntry, { showPath, root }: OptionSource): Localized {
  if (!showPath) return entry.labels;
  const nodes = [...entry.trail.slice(root === undefined ? 0 : root.split('/').length - 1), entry.labels];
  return mapText(entry.labels, (_, language) => nodes.map((label) => label[language]).join(' › '));
}

/** The words a person reads for a value; a ticket keeps them as they were when it was opened. */
export function displayOf(field: Field, value: Value, entries: readonly ResolvedEntry[]): Localized {
  const [first, ...others] = entries.map((entry) => (field.options ? labelOf(entry, field.options) : entry.labels));
  if (first) return mapText(first, (words, language) => [words, ...others.map((label) => label[language])].join(', '));
  if (typeof value === 'boolean') return value ? on : off;
  return sameText(typeof value === 'string' ? value : value.join(', '));
}
