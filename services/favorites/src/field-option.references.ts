import { type Context, isId } from '@atende/service';
import { favoritesAmong, favoritesOf } from './favorite-list.queries.ts';
import type { FieldOptionConnectionFace, FieldOptionFace } from './field-option.graphql.ts';

// What this service adds to the entities of tickets: one statement for all of a request, whatever their number.

const isListId = (id: string): boolean => /^lst_[\w-]{1,2000}$/.test(id);
const PERSONAL = null; // for a class of watchers, which is no person

/** Options with whether they are favorites of who asks. */
export async function optionReferences({ em, viewer }: Context, ids: string[]): Promise<FieldOptionFace[]> {
  const options = ids.filter((id) => isId('opt', id));
  const favorites = await favoritesAmong(em, viewer, options);
  return options.map((id) => ({ id, favorite: viewer.personId === null ? PERSONAL : favorites.has(id) }));
}

/** Option lists with the favorites of who asks. What is no list has none. */
export async function connectionReferences({ em, viewer }: Context, ids: string[]): Promise<FieldOptionConnectionFace[]> {
  const kept = await favoritesOf(em, viewer, ids.filter(isListId));
  return ids.map((id) => ({ id, favorites: viewer.personId === null ? PERSONAL : ((kept.get(id)?.options ?? []) as FieldOptionFace[]) }));
}
