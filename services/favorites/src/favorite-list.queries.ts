import { isId, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { FavoriteList } from './favorite-list.ts';
import { FieldOption } from './field-option.ts';
import { fieldsNamed, listsBelow, type OptionList } from './form-fields.ts';

/** What a person wants on top. */
export interface Favorites {
  version: number;
  options: { id: string }[];
}
const NEVER_SAVED: Favorites = { version: 0, options: [] };

/** The person's favorites in these lists, by the id of the list. */
export const favoritesOf = (em: EntityManager, viewer: Viewer, listIds: string[]): Promise<Map<string, Favorites>> =>
  ownFavorites(em, viewer, { listId: { $in: listIds } });

/** Which of these options are the person's favorites, in whatever list. */
export async function favoritesAmong(em: EntityManager, viewer: Viewer, optionIds: string[]): Promise<Set<string>> {
  const lists = await ownFavorites(em, viewer, { optionIds: { $overlap: optionIds } });
  return new Set([...lists.values()].flatMap(({ options }) => options.map(({ id }) => id)));
}

/** The person's favorites under the name that a form gives a list. Null: no form has a field of that name with options. */
export async function favoritesNamed(
  em: EntityManager,
  viewer: Viewer,
  field: string,
  parentId: string | null | undefined,
): Promise<Favorites | null> {
  const fields = await fieldsNamed(em, field);
  if (fields.length === 0) return null;
  const parent = isId('opt', parentId) ? await em.findOne(FieldOption, { id: parentId }) : null;
  const isUnknown = typeof parentId === 'string' && !parent;
  const lists = isUnknown ? [] : listsBelow(fields, parent);
  return together(lists, await favoritesOf(em, viewer, idsOf(lists)));
}

/** Several lists read as one: every save of any of them moves the version. */
export function together(lists: readonly OptionList[], kept: ReadonlyMap<string, Favorites>): Favorites {
  const parts = lists.map(({ id }) => kept.get(id) ?? NEVER_SAVED);
  const ids = new Set(parts.flatMap(({ options }) => options.map(({ id }) => id)));
  return { version: parts.reduce((sum, { version }) => sum + version, 0), options: [...ids].map((id) => ({ id })) };
}

export const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** What is out of use is left out here, so that a retirement needs to touch nobody's rows. */
async function ownFavorites(em: EntityManager, { personId }: Viewer, where: object): Promise<Map<string, Favorites>> {
  if (personId === null) return new Map();
  const rows = await em.find(FavoriteList, { personId, ...where });
  const chosen = [...new Set(rows.flatMap(({ optionIds }) => optionIds))];
  const inUse = chosen.length === 0 ? [] : await em.find(FieldOption, { id: { $in: chosen }, retired: false }, { fields: ['id'] });
  const known = new Set(idsOf(inUse));
  return new Map(
    rows.map(({ listId, version, optionIds }) => [
      listId,
      { version, options: optionIds.filter((id) => known.has(id)).map((id) => ({ id })) },
    ]),
  );
}
