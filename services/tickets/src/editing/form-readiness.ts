import type { CatalogueLookup, OptionScope, ResolvedEntry } from '../catalogue/catalogue.ts';
import type { CriticalityRow } from '../criticality/criticality.ts';
import { type Field, type Form, fieldsOf, type Meaning } from '../form/form.ts';
import { pathsOf } from '../form/form-catalogue.ts';
import { partsOf } from '../form/form-condition.ts';
import { type FormDefect, type Say, saying } from '../form/form-defect.ts';
import { optionFault } from '../form/form-option.ts';
import { placedRules } from '../form/form-validation.ts';
import type { RoutingRule } from '../opening/routing.ts';

/** What a form is held against before it may be published. */
export interface Surroundings {
  requestType: string;
  /** the form that it takes the place of */
  before: Form | null;
  catalogue: CatalogueLookup;
  decisionTable: readonly CriticalityRow[];
  routing: readonly RoutingRule[];
}

/** What a form that is right in itself still lacks here: entries of the catalogue, and what other rules read from its answers. */
export async function readinessDefects(form: Form, around: Surroundings): Promise<FormDefect[]> {
  const defects: FormDefect[] = [];
  const say = saying(defects);
  if (form.requestType !== around.requestType) say('requestType', 'OTHER_REQUEST_TYPE', { requestType: around.requestType });
  const entries = await entriesOf(form, around.catalogue);
  if (form.product !== null) checkPath(form.product, entries, 'product', say, 'PRODUCT');
  const byKey = new Map(fieldsOf(form).map((field) => [field.key, field]));
  for (const [field, path] of placedFields(form)) await checkField(field, byKey, entries, around.catalogue, saying(defects, ...path));
  checkMeanings(form, around, say);
  checkAsked(form, defects);
  return defects;
}

const placedFields = ({ steps, guidance }: Form): [Field, string[]][] => [
  ...steps.flatMap(({ fields }, step) => fields.map((field, at): [Field, string[]] => [field, ['steps', `${step}`, 'fields', `${at}`]])),
  ...guidance.map((field, at): [Field, string[]] => [field, ['guidance', `${at}`]]),
];

type Entries = ReadonlyMap<string, ResolvedEntry>;

/** Every entry that the form names, by its path. */
async function entriesOf(form: Form, catalogue: CatalogueLookup): Promise<Entries> {
  const named = fieldsOf(form).flatMap((field) => [
    ...(field.options ? [...field.fixed, ...field.default].flatMap(pathsOf) : []),
    ...(field.options?.root === undefined ? [] : [field.options.root]),
    ...placedRules(field).flatMap(([, rule]) => partsOf(rule).flatMap((part) => ('under' in part ? part.under : []))),
  ]);
  const paths = [...new Set([...named, ...(form.product === null ? [] : [form.product])])];
  const { entries } = await catalogue.load({ ids: [], paths, scopes: [] });
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** The entry of a path that can be chosen today. */
function checkPath(path: string, entries: Entries, where: string, say: Say, level?: string): ResolvedEntry | undefined {
  const entry = entries.get(path);
  if (!entry) say(where, 'UNKNOWN_PATH', { path });
  else if (entry.retired) say(where, 'RETIRED_PATH', { path });
  else if (level && entry.level !== level) say(where, 'NOT_A_PRODUCT', { path });
  else return entry;
  return undefined;
}

async function checkField(field: Field, byKey: ReadonlyMap<string, Field>, entries: Entries, catalogue: CatalogueLookup, say: Say) {
  for (const [where, rule] of placedRules(field))
    for (const part of partsOf(rule)) {
      if (!('field' in part)) continue;
      const { levels } = byKey.get(part.field)?.options ?? { levels: [] };
      if ('under' in part) for (const path of part.under) entries.has(path) || say(where, 'UNKNOWN_PATH', { path });
      else if (levels.length > 0)
        for (const code of part.is) (await isCode(levels, code, catalogue)) || say(where, 'UNKNOWN_CODE', { code: `${code}` });
    }
  if (field.options) await checkOptions(field, field.options, entries, catalogue, say);
}

async function isCode(levels: readonly string[], code: string | boolean, catalogue: CatalogueLookup): Promise<boolean> {
  const found = await Promise.all(levels.map((level) => catalogue.coded(level, String(code))));
  return found.some((entry) => entry !== undefined);
}

async function checkOptions(field: Field, source: NonNullable<Field['options']>, entries: Entries, catalogue: CatalogueLookup, say: Say) {
  const anywhere = (levels: readonly string[], below: string | null, depth: OptionScope['depth']) => ({ levels, below, depth });
  const everyLevel = source.levels.map((level) => anywhere([level], null, 'DESCENDANTS'));
  const here = anywhere(source.levels, source.root ?? null, source.parent === undefined ? source.depth : 'DESCENDANTS');
  const { filled } = await catalogue.load({ ids: [], paths: [], scopes: [...everyLevel, here] });
  for (const [at, level] of source.levels.entries()) filled[at] || say(`options.levels.${at}`, 'UNKNOWN_LEVEL', { level });
  const root = source.root === undefined ? undefined : checkPath(source.root, entries, 'options.root', say);
  if (root && !filled.at(-1)) say('options', 'NOTHING_TO_CHOOSE', { path: root.path });
  for (const name of ['fixed', 'default'] as const)
    for (const [at, choice] of field[name].entries())
      for (const path of pathsOf(choice)) {
        const where = `${name}.${at}.value`;
        const entry = checkPath(path, entries, where, say);
        const { parent: _, ...alone } = { ...source, depth: here.depth };
        if (entry && optionFault(alone, entry, null)) say(where, 'NOT_ITS_OPTION', { path });
      }
}

/** What other rules read, and what the form before answered: a form may not leave them without it. */
function checkMeanings(form: Form, { before, decisionTable, routing }: Surroundings, say: Say): void {
  if (!before) return;
  const has = meaningsOf(form);
  const had = meaningsOf(before);
  for (const [means, by] of neededBy(decisionTable, routing))
    if (had.has(means) && !has.has(means)) say('steps', 'MEANING_DROPPED', { means, by });
}

const meaningsOf = (form: Form): Set<Meaning> =>
  new Set([...fieldsOf(form).flatMap(({ means }) => means ?? []), ...(form.product === null ? [] : (['product'] as const))]);

/** Each meaning that somebody reads, with who does. */
function neededBy(decisionTable: readonly CriticalityRow[], routing: readonly RoutingRule[]): Map<Meaning, 'ROUTING' | 'CRITICALITY'> {
  const asked = (rules: readonly { when: object }[]): Set<string> => new Set(rules.flatMap(({ when }) => Object.keys(when)));
  const [decides, routes] = [asked(decisionTable), asked(routing)];
  const inputs = ['category', 'origin', 'effect', 'impact', 'businessStoppage', 'inClientCustomization'] as const;
  return new Map<Meaning, 'ROUTING' | 'CRITICALITY'>([
    ...inputs.filter((name) => decides.has(name)).map((name) => [name, 'CRITICALITY'] as const),
    ...(decides.has('environmentKind') ? [['environment', 'CRITICALITY'] as const] : []),
    ...(['category', 'directToBso'] as const).filter((name) => routes.has(name)).map((name) => [name, 'ROUTING'] as const),
    ['product', 'ROUTING'],
  ]);
}

/** Whoever takes a ticket reads its title and its text: every form asks for both, whoever opens. */
function checkAsked(form: Form, defects: FormDefect[]): void {
  const meaning = (means: Meaning) => placedFields(form).find(([field]) => field.means === means);
  for (const found of [meaning('subject') ?? meaning('summary'), meaning('description')])
    if (found && !(found[0].visible === true && found[0].required === true)) saying(defects, ...found[1])('required', 'MUST_BE_ASKED');
}
