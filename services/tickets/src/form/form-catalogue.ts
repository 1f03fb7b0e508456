import type { CatalogueRequest, CatalogueSlice, OptionScope, ResolvedEntry } from '../catalogue/catalogue.ts';
import { type Choice, type Field, type Form, fieldsOf, type OptionSource, probesOf, scopeOf } from './form.ts';
import { MAX_CHOICES } from './form-answer.ts';

export interface Answer {
  field: string;
  value: unknown;
}

/** The part of the catalogue that one evaluation looks at. */
export interface CatalogueView {
  byId(id: string): ResolvedEntry | undefined;
  byPath(path: string): ResolvedEntry | undefined;
  /** is anything left to choose in this scope? */
  filled(scope: OptionScope): boolean;
}

// What cannot be an id is not asked for: it is simply not an option.
const idShape = /^[a-z]{3}_[0-9a-z]{26}$/;

/** What is the same for every evaluation of a form. */
interface FormPlan {
  fields: readonly Field[];
  byKey: ReadonlyMap<string, Field>;
  /** sources of the options that some rule wants to know of */
  probed: readonly OptionSource[];
  /** every path that the form itself names */
  paths: readonly string[];
  literals: ReadonlyMap<string, string[]>;
}

const plans = new WeakMap<Form, FormPlan>();

/** A form is never changed in place, so it is looked through once. */
export function planOf(form: Form): FormPlan {
  const known = plans.get(form);
  if (known) return known;
  const fields = fieldsOf(form);
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const literals = new Map(fields.map((field) => [field.key, field.options ? literalPaths(field) : []]));
  const probed = fields.flatMap(probesOf).flatMap((key) => byKey.get(key)?.options ?? []);
  const paths = unique([...[...literals.values()].flat(), ...(form.product === null ? [] : [form.product])]);
  const plan = { fields, byKey, probed, paths, literals };
  plans.set(form, plan);
  return plan;
}

/** Everything an evaluation will ever ask the catalogue, known before it starts: so that it asks once. */
export function neededFor(form: Form, answers: readonly Answer[]): CatalogueRequest {
  const { byKey, probed, paths, literals } = planOf(form);
  const idsGiven = new Map<string, string[]>();
  for (const { field: key, value } of answers) {
    if (byKey.get(key)?.options && !idsGiven.has(key)) idsGiven.set(key, idsIn(value));
  }
  const scopes = probed.flatMap((source): OptionScope[] => {
    const parent = source.parent;
    const above = parent === undefined ? [null] : [...(idsGiven.get(parent) ?? []), ...(literals.get(parent) ?? [])];
    return above.flatMap((one) => scopeOf(source, one) ?? []);
  });
  return {
    ids: unique([...idsGiven.values()].flat()),
    paths,
    scopes: [...new Map(scopes.map((scope) => [keyOf(scope), scope])).values()],
  };
}

export function catalogueView(request: CatalogueRequest, slice: CatalogueSlice): CatalogueView {
  const byId = new Map(slice.entries.map((entry) => [entry.id, entry]));
  const byPath = new Map(slice.entries.map((entry) => [entry.path, entry]));
  const filled = new Map(request.scopes.map((scope, index) => [keyOf(scope), slice.filled[index] ?? false]));
  return {
    byId: (id) => byId.get(id),
    byPath: (path) => byPath.get(path),
    filled: (scope) => filled.get(keyOf(scope)) ?? false,
  };
}

const keyOf = ({ levels, below, depth }: OptionScope): string => JSON.stringify([levels, below, depth]);

const unique = (items: readonly string[]): string[] => [...new Set(items)];

function idsIn(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value.slice(0, MAX_CHOICES) : [value];
  return items.flatMap((item) => (typeof item === 'string' && idShape.test(item.trim()) ? [item.trim()] : []));
}

const literalPaths = (field: Field): string[] => [...field.fixed, ...field.default].flatMap(pathsOf);

export const pathsOf = ({ value }: Choice): string[] => (typeof value === 'boolean' ? [] : typeof value === 'string' ? [value] : value);
