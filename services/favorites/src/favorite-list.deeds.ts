import { conflict, isId, Refused, type Viewer } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { type Choice, faultsOf, MOST_FAVORITES } from './favorite-choice.ts';
import { type Favorites, favoritesOf, idsOf, together } from './favorite-list.queries.ts';
import { FavoriteList } from './favorite-list.ts';
import { FieldOption } from './field-option.ts';
import { fieldsNamed, listsBelow } from './form-fields.ts';

export interface SaveFavorites {
  field: string;
  parent?: string | null;
  optionIds: string[];
  expectedVersion?: number | null;
}

/** Replaces what a person wants on top of a list, in the order given. */
export function saveFavorites(em: EntityManager, viewer: Viewer, now: Date, input: SaveFavorites): Promise<Favorites> {
  return em.transactional(async (own) => {
    const choice = await choiceOf(own, input);
    const faults = faultsOf(choice);
    if (faults.length > 0) throw new Refused(...faults);
    await keep(own, viewer.personId ?? '', choice, { now, expectedVersion: input.expectedVersion ?? null });
    await own.flush();
    return together(choice.lists, await favoritesOf(own, viewer, idsOf(choice.lists)));
  });
}

/** What is meant, looked up: what has not the form of an id is not asked for. */
async function choiceOf(em: EntityManager, { field, parent: given, optionIds }: SaveFavorites): Promise<Choice> {
  const fields = await fieldsNamed(em, field);
  const parentId = given ?? null;
  const named = [...optionIds.slice(0, MOST_FAVORITES), parentId].filter((id) => isId('opt', id));
  const known = new Map((await em.find(FieldOption, { id: { $in: named } })).map((option) => [option.id, option]));
  const parent = known.get(parentId ?? '') ?? null;
  return { fields, parentId, parent, lists: parentId !== null && !parent ? [] : listsBelow(fields, parent), optionIds, known };
}

/** Each list gets its part. Of two people, or windows, that save the same list in one moment one is told CONFLICT. */
async function keep(
  em: EntityManager,
  personId: string,
  { lists, optionIds, known }: Choice,
  { now, expectedVersion }: { now: Date; expectedVersion: number | null },
): Promise<void> {
  const rows = await em.find(
    FavoriteList,
    { personId, listId: { $in: idsOf(lists) } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { listId: 'asc' } },
  );
  const version = rows.reduce((sum, row) => sum + row.version, 0);
  if (expectedVersion !== null && expectedVersion !== version) throw conflict('These favorites were saved meanwhile.');
  const parts = lists.map((list) => ({ list, ids: optionIds.filter((id) => known.get(id)?.standsIn(list)) }));
  const concerned = parts.filter(({ list, ids }) => ids.length > 0 || rows.some(({ listId }) => listId === list.id));
  for (const { list, ids } of concerned.length > 0 ? concerned : parts.slice(0, 1)) {
    const row = rows.find(({ listId }) => listId === list.id);
    if (row) row.replace(ids, now);
    else em.create(FavoriteList, { personId, listId: list.id, version: 1, optionIds: ids, savedAt: now });
  }
}
