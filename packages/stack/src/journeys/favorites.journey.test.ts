import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { type Answer, type Person, Portal } from './portal.ts';

let stack: Stack;
let portal: Portal;
let bruno: Person;
withStack(async (started) => {
  stack = started;
  portal = new Portal(stack.url);
  bruno = await portal.as('bruno@acme.example');
});

interface Option {
  id: string;
  label: string;
  favorite: boolean | null;
}
const OPTIONS = `query ($form: ID!, $search: String) { fieldOptions(formId: $form, field: "originCountry", search: $search, first: 3) {
  favorites { id label } edges { node { id label favorite } } } }`;
const SAVE = `mutation ($input: SaveFavoritesInput!) { saveFavorites(input: $input) { list { version options { label } } errors { code field } } }`;
const RETIRE = `mutation ($id: ID!) { retireCatalogueEntry(input: { id: $id }) { entry { retired } errors { code } } }`;

async function countriesIn(person: Person, requestType: string, search: string | null = null) {
  const { requestForm } = await person.get('query ($type: String!) { requestForm(requestType: $type) { id } }', { type: requestType });
  const { fieldOptions } = await person.get(OPTIONS, { form: requestForm.id, search });
  return {
    favorites: fieldOptions.favorites as Option[],
    options: fieldOptions.edges.map((edge: { node: Option }) => edge.node) as Option[],
  };
}
const labels = (options: Option[]): string[] => options.map(({ label }) => label);

describe('favorites', () => {
  let chosen: Option[];
  const save = (person: Person, ids: string[], expectedVersion: number): Promise<Answer> =>
    person.ask(SAVE, { input: { field: 'originCountry', optionIds: ids, expectedVersion } });

  it('a contact puts countries on top, in an order of its own', async () => {
    const [portugal, brazil, angola] = await Promise.all(
      ['Portugal', 'Brasil', 'Angola'].map(async (name) => (await countriesIn(bruno, 'software.rm', name)).options[0]!),
    );
    chosen = [portugal!, brazil!, angola!];
    // What tickets tells of its catalogue comes when it comes.
    const { data } = await eventually(
      () =>
        save(
          bruno,
          chosen.map(({ id }) => id),
          0,
        ),
      ({ data }) => data.saveFavorites.errors.length === 0,
    );
    expect(data.saveFavorites).toEqual({
      list: { version: 1, options: [{ label: 'Portugal' }, { label: 'Brasil' }, { label: 'Angola' }] },
      errors: [],
    });
  });

  it('sees them in every form that offers the list, and marked among its options', async () => {
    for (const form of ['software.rm', 'technical-support', 'value-added.cloud']) {
      const { favorites, options } = await countriesIn(bruno, form, 'bra');
      expect(labels(favorites)).toEqual(['Portugal', 'Brasil', 'Angola']);
      expect(options.map(({ label, favorite }) => [label, favorite])).toContainEqual(['Brasil', true]);
      expect(options.some(({ favorite }) => favorite === false)).toBe(true);
    }
  });

  it('another person sees none of them', async () => {
    const ana = await portal.as('ana@acme.example');
    expect(labels((await countriesIn(ana, 'software.rm')).favorites)).toEqual([]);
    expect(await ana.get('{ favoriteList(field: "originCountry") { version options { id } } }')).toEqual({
      favoriteList: { version: 0, options: [] },
    });
  });

  it('one that a supervisor retires drops out, and can be chosen no more', async () => {
    const elisa = await portal.as('elisa@support.example');
    const angola = chosen[2]!;
    expect((await elisa.get(RETIRE, { id: angola.id })).retireCatalogueEntry).toEqual({ entry: { retired: true }, errors: [] });
    const { favorites, options } = await eventually(
      () => countriesIn(bruno, 'technical-support', 'Angola'),
      ({ favorites }) => favorites.length === 2,
    );
    expect([labels(favorites), options]).toEqual([['Portugal', 'Brasil'], []]);
    const { data } = await save(bruno, [angola.id], 1);
    expect(data.saveFavorites).toEqual({ list: null, errors: [{ code: 'OPTION_RETIRED', field: ['input', 'optionIds', '0'] }] });
    expect((await save(bruno, [], 0)).errors?.[0]?.extensions.code).toBe('CONFLICT');
  });
});
