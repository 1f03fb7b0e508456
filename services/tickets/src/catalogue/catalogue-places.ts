import { type EventData, type FormPublished, OFFERED_AT_ONCE, type OptionsOffered } from '@atende/events';
import { type Form, fieldsOf } from '../form/form.ts';
import type { CatalogueEntry } from './catalogue.ts';

// The catalogue and the forms as other services hear of them: ids and codes only.

type Place = EventData<typeof OptionsOffered>['places'][number];
type OptionField = NonNullable<EventData<typeof FormPublished>['optionFields']>[number];

/** What is said of an entry. */
export type Line = Pick<CatalogueEntry, 'id' | 'parentId' | 'level' | 'retired'>;

/** Those of some entries that can be chosen, of one list below one node together; `byId` finds what stands above them. */
export function placesOf(lines: readonly Line[], byId: (id: string) => Line | undefined): Place[] {
  const offered = lines.filter(({ retired }) => !retired);
  const together = Map.groupBy(offered, ({ level, parentId }) => `${level} ${parentId}`);
  return [...together.values()].flatMap((group) =>
    group.slice(0, 1).flatMap(({ level: list, parentId }) => {
      const above = chainOf(parentId, byId); // once for all that stand together: a file may hold many, deep down
      const isOffered = above.every(({ retired }) => !retired);
      return isOffered ? [{ list, aboveIds: above.map(({ id }) => id), optionIds: group.map(({ id }) => id) }] : [];
    }),
  );
}

/** The nearest entry first. */
function chainOf(id: string | null, byId: (id: string) => Line | undefined): Line[] {
  const chain: Line[] = [];
  for (let one = byId(id ?? ''); one; one = byId(one.parentId ?? '')) chain.push(one);
  return chain;
}

/** Places in as few parts as events hold; a long list goes over several. */
export function batchesOf(places: readonly Place[], most = OFFERED_AT_ONCE): Place[][] {
  const batches: Place[][] = [];
  let room = 0;
  for (const { optionIds, ...place } of places) {
    for (let from = 0; from < optionIds.length; ) {
      if (room === 0) {
        batches.push([]);
        room = most;
      }
      const part = optionIds.slice(from, from + room);
      batches.at(-1)?.push({ ...place, optionIds: part });
      from += part.length;
      room -= part.length;
    }
  }
  return batches;
}

/** Where each field takes its options from, in ids: a form names nodes by their path. */
export const optionFieldsOf = (form: Form, ids: ReadonlyMap<string, string>): OptionField[] =>
  fieldsOf(form).flatMap(({ key, options: source }) =>
    source
      ? [
          {
            field: key,
            lists: source.levels,
            depth: source.depth,
            rootId: source.root === undefined ? null : (ids.get(source.root) ?? null),
            belowChoice: source.parent !== undefined,
          },
        ]
      : [],
  );
