import { canonicalJson } from '@atende/service';
import { asList, asRecord, asText } from '../form/form-written.ts';

export const changeKinds = ['ADDED', 'REMOVED', 'MOVED', 'CHANGED'] as const;
export const formParts = ['FORM', 'STEP', 'FIELD', 'CHECKLIST_ITEM'] as const;
type Data = Record<string, unknown>;

/** Where a step or a field stands: in which step, and after what in it (null: first). */
export interface FormPlace {
  /** null: of a step itself, or on the checklist */
  step: string | null;
  after: string | null;
}

export interface FormChange {
  kind: (typeof changeKinds)[number];
  part: (typeof formParts)[number];
  /** of the step or field; null for the form itself */
  key: string | null;
  /** into the definition: of the later version, or of the earlier one for what was removed */
  path: string[];
  /** of CHANGED only, e.g. `options.root` */
  property: string | null;
  /** what it was and is: the value of a property, a FormPlace, or everything about what was removed or added */
  before: unknown;
  after: unknown;
  place: FormPlace | null;
}

interface Item {
  id: string;
  key: string;
  path: string[];
  part: FormChange['part'];
  place: FormPlace;
  data: Data;
}

/** What one definition says otherwise than another, in the order of the later one; both may be imperfect. */
export function diffForms(from: unknown, to: unknown): FormChange[] {
  const own = (data: unknown): Data => {
    const { steps: _, guidance: __, ...properties } = asRecord(data);
    return properties;
  };
  const form = { kind: 'CHANGED' as const, part: 'FORM' as const, key: null, path: [], place: null };
  return [
    ...changesOf(own(from), own(to)).map((change) => ({ ...form, ...change })),
    ...diffItems(stepsOf(from), stepsOf(to)),
    ...diffItems(fieldsIn(from), fieldsIn(to)),
  ];
}

function stepsOf(data: unknown): Item[] {
  return identified(
    asList(asRecord(data).steps).map((step, at) => {
      const { fields: _, ...own } = asRecord(step);
      return { key: asText(own.key), path: ['steps', `${at}`], part: 'STEP' as const, step: null, data: own };
    }),
  );
}

function fieldsIn(data: unknown): Item[] {
  const { steps, guidance } = asRecord(data);
  const listed = (list: unknown, path: string[], part: FormChange['part'], step: string | null) =>
    asList(list).map((field, at) => {
      const own = withDefaults(asRecord(field));
      return { key: asText(own.key), path: [...path, `${at}`], part, step, data: own };
    });
  const onSteps = asList(steps).flatMap((step, at) =>
    listed(asRecord(step).fields, ['steps', `${at}`, 'fields'], 'FIELD', asText(asRecord(step).key)),
  );
  return identified([...onSteps, ...listed(guidance, ['guidance'], 'CHECKLIST_ITEM', null)]);
}

/** What is left out says the same as what is written out. */
function withDefaults(field: Data): Data {
  const choices = (list: unknown): unknown => asList(list).map((choice) => ({ when: true, ...asRecord(choice) }));
  const { fixed, default: usual, options } = field;
  const from = options === undefined ? {} : { options: { depth: 'CHILDREN', showPath: false, ...asRecord(options) } };
  return { visible: true, required: false, mustBeOn: false, ...field, fixed: choices(fixed), default: choices(usual), ...from };
}

/** Two of one key, which only a draft has, are told apart by their order. */
function identified(items: (Omit<Item, 'id' | 'place'> & { step: string | null })[]): Item[] {
  const seen = new Map<string, number>();
  return items.map(({ step, ...item }, at) => {
    const { key, part } = item;
    const before = items[at - 1];
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return { ...item, id: `${key} ${count}`, place: { step, after: before?.part === part && before.step === step ? before.key : null } };
  });
}

function diffItems(before: readonly Item[], after: readonly Item[]): FormChange[] {
  const known = new Map(before.map((item, at) => [item.id, { item, at }]));
  const left = new Set(after.map(({ id }) => id));
  const staying = inOrder(after.flatMap(({ id }) => known.get(id)?.at ?? []));
  const changes = after.flatMap((item): FormChange[] => {
    const { part, key, path, place } = item;
    const about = { part, key, path, place };
    const was = known.get(item.id);
    if (!was) return [{ ...about, kind: 'ADDED', property: null, before: null, after: item.data }];
    const { place: stood, part: stoodAs } = was.item;
    const isMoved = stood.step !== place.step || stoodAs !== part || !staying.has(was.at);
    return [
      ...(isMoved ? [{ ...about, kind: 'MOVED' as const, property: null, before: stood, after: place }] : []),
      ...changesOf(was.item.data, item.data).map((change) => ({ ...about, ...change, kind: 'CHANGED' as const })),
    ];
  });
  const removed = before.filter(({ id }) => !left.has(id));
  return [
    ...changes,
    ...removed.map(
      ({ part, key, path, place, data }): FormChange => ({
        part,
        key,
        path,
        place,
        kind: 'REMOVED',
        property: null,
        before: data,
        after: null,
      }),
    ),
  ];
}

/** The longest run of numbers that grows: what kept its order, so that few are said to have moved. */
function inOrder(numbers: readonly number[]): Set<number> {
  const before = new Map<number, number | undefined>();
  const ends: number[] = []; // the smallest end of a run of each length
  for (const number of numbers) {
    const at = ends.findLastIndex((end) => end < number) + 1;
    before.set(number, ends[at - 1]);
    ends[at] = number;
  }
  const longest = new Set<number>();
  for (let one = ends.at(-1); one !== undefined; one = before.get(one)) longest.add(one);
  return longest;
}

/** Properties that differ; of nested ones each part by itself. */
function changesOf(before: Data, after: Data, prefix = ''): Pick<FormChange, 'property' | 'before' | 'after'>[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => prefix !== '' || name !== 'key');
  return names.flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    const isNested = (name === 'options' || name === 'attachmentPolicy') && was !== null && is !== null;
    return isNested ? changesOf(asRecord(was), asRecord(is), `${name}.`) : [{ property: `${prefix}${name}`, before: was, after: is }];
  });
}
