import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import { type Field, fieldSchema } from '../form/form.ts';
import { pathsOf } from '../form/form-catalogue.ts';
import { partsOf } from '../form/form-condition.ts';
import { withoutWrongRules } from '../form/form-rules.ts';
import { type Localized, localizedSchema } from '../form/form-text.ts';
import { placedRules } from '../form/form-validation.ts';
import { asList, asRecord, asText } from '../form/form-written.ts';

/** What people call what a form names by key, path and code. Undefined: it has no name that is known. */
export interface FormNames {
  field(key: string): Localized | undefined;
  step(key: string): Localized | undefined;
  path(path: string): Localized | undefined;
  /** an option of a field */
  code(field: string, code: string): Localized | undefined;
}

/** The names of everything that definitions mention; of the last one first. */
export async function namesIn(definitions: readonly unknown[], catalogue: CatalogueLookup): Promise<FormNames> {
  const records = definitions.map((data) => asRecord(withoutWrongRules(data).data));
  const steps = records.flatMap((form) => asList(form.steps).map(asRecord));
  const raw = [...steps.flatMap((step) => asList(step.fields)), ...records.flatMap((form) => asList(form.guidance))];
  const fields = raw.flatMap((field) => fieldSchema.safeParse(field).data ?? []);
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const stepTitles = new Map(steps.map(({ key, title }) => [asText(key), localizedSchema.safeParse(title).data] as const));
  const products = records.flatMap(({ product }) => (typeof product === 'string' ? product : []));
  const { entries } = await catalogue.load({ ids: [], paths: [...new Set([...products, ...fields.flatMap(pathsIn)])], scopes: [] });
  const byPath = new Map(entries.map(({ path, labels }) => [path, labels]));
  const codes = new Map<string, Localized>();
  for (const part of fields.flatMap(conditionsIn)) {
    if (!('is' in part)) continue;
    for (const level of byKey.get(part.field)?.options?.levels ?? [])
      for (const code of part.is) {
        const entry = await catalogue.coded(level, String(code));
        if (entry) codes.set(`${part.field} ${code}`, entry.labels);
      }
  }
  return {
    field: (key) => byKey.get(key)?.label,
    step: (key) => stepTitles.get(key),
    path: (path) => byPath.get(path),
    code: (field, code) => codes.get(`${field} ${code}`),
  };
}

const conditionsIn = (field: Field) => placedRules(field).flatMap(([, rule]) => partsOf(rule));

const pathsIn = (field: Field): string[] => [
  ...(field.options ? [...field.fixed, ...field.default].flatMap(pathsOf) : []),
  ...(field.options?.root === undefined ? [] : [field.options.root]),
  ...conditionsIn(field).flatMap((part) => ('under' in part ? part.under : [])),
];
