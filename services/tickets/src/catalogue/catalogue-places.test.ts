import { OptionsOffered } from '@atende/events';
import { describe, expect, it } from '@jest/globals';
import { option, seedForm } from '../form/form-testing.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { batchesOf, type Line, optionFieldsOf, placesOf as placesBy } from './catalogue-places.ts';

const ids = new Map(seedCatalogue.map(({ path, id }) => [path, id]));
const line = (id: string, parentId: string | null, level = 'MODULE', retired = false): Line => ({ id, parentId, level, retired });

const placesOf = (lines: readonly Line[]) => placesBy(lines, (id) => lines.find((one) => one.id === id));

describe('places', () => {
  it('hold the entries of one list below one node together, with everything above them, nearest first', () => {
    const place = placesOf(seedCatalogue).find(({ optionIds }) => optionIds.includes(option('erp/rm/environment:production')));
    expect(place).toMatchObject({ list: 'ENVIRONMENT', aboveIds: [option('erp/rm'), option('erp')] });
    expect(place?.optionIds).toHaveLength(3);
  });

  it('hold every entry of the catalogue once, in the language of events', () => {
    const places = placesOf(seedCatalogue);
    expect(places.flatMap(({ optionIds }) => optionIds).sort()).toEqual([...ids.values()].sort());
    for (const batch of batchesOf(places)) expect(OptionsOffered.data.safeParse({ places: batch }).success).toBe(true);
  });

  it('leave out what is retired, and what lies below it', () => {
    const lines = [line('a', null), line('b', 'a', 'MODULE', true), line('c', 'b'), line('d', 'a')];
    expect(placesOf(lines).flatMap(({ optionIds }) => optionIds)).toEqual(['a', 'd']);
  });
});

describe('batches', () => {
  const place = (list: string, count: number) => ({
    list,
    aboveIds: [],
    optionIds: Array.from({ length: count }, (_, n) => `${list}${n}`),
  });

  it('are full but the last, and part a list that is longer', () => {
    const batches = batchesOf([place('A', 3), place('B', 9), place('C', 1)], 5);
    const shape = batches.map((batch) => batch.map(({ list, optionIds }) => `${list}${optionIds.length}`));
    expect(shape).toEqual([['A3', 'B2'], ['B5'], ['B2', 'C1']]);
    expect(batches.flat().flatMap(({ optionIds }) => optionIds)).toHaveLength(13);
  });

  it('of nothing are none', () => {
    expect(batchesOf([])).toEqual([]);
  });
});

describe('the fields of a form', () => {
  const fields = optionFieldsOf(seedForm('software.rm'), ids);
  it.each([
    [{ field: 'originCountry', lists: ['COUNTRY'], depth: 'CHILDREN', rootId: null, belowChoice: false }],
    [{ field: 'moduleProduct', lists: ['MODULE'], depth: 'DESCENDANTS', rootId: option('erp/rm'), belowChoice: false }],
    [{ field: 'processRoutine', lists: ['ROUTINE'], depth: 'DESCENDANTS', rootId: null, belowChoice: true }],
  ])('say where their options lie: $field', (field) => {
    expect(fields).toContainEqual(field);
  });

  it('without options say nothing', () => {
    expect(fields.map(({ field }) => field)).not.toContain('summary');
  });
});
