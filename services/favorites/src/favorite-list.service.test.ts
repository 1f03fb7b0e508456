import { optionListId } from '@atende/events';
import { anonymous, demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, look, option, publish, retire, rita, save, startFavorites } from './testing-favorites.ts';

let service: TestService;
beforeAll(async () => {
  service = await startFavorites();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

let people = 0;
/** Somebody who has no favorites yet. */
const somebody = (): Viewer => ({ ...bruno, personId: demoId('per', `somebody ${people++}`) });

const countries = optionListId({ lists: ['COUNTRY'], depth: 'CHILDREN', below: null });
const shown = async (viewer: Viewer, listId: string, paths: string[]) => {
  const { data } = await service.ask(
    viewer,
    `query ($all: [_Any!]!) { _entities(representations: $all) {
      ... on FieldOptionConnection { favorites { id } } ... on FieldOption { favorite } } }`,
    {
      all: [{ __typename: 'FieldOptionConnection', id: listId }, ...paths.map((path) => ({ __typename: 'FieldOption', id: option(path) }))],
    },
  );
  const [list, ...options] = data._entities;
  return [
    list && (list.favorites?.map(({ id }: { id: string }) => paths.find((path) => option(path) === id) ?? id) ?? null),
    options.map((one: { favorite: boolean | null } | null) => one?.favorite),
  ];
};

describe('favorites', () => {
  it('are kept in the order they were saved, and the whole list is replaced', async () => {
    const person = somebody();
    expect(await look(service, person, 'originCountry', null, [])).toEqual({ version: 0, options: [] });
    expect(await save(service, person, 'originCountry', ['PT', 'BR', 'AR'], { expectedVersion: 0 })).toMatchObject({
      list: { version: 1, options: ['PT', 'BR', 'AR'] },
      faults: [],
    });
    expect((await save(service, person, 'originCountry', ['BR'], { expectedVersion: 1 })).list).toEqual({ version: 2, options: ['BR'] });
    expect((await save(service, person, 'originCountry', [], { expectedVersion: 2 })).list).toEqual({ version: 3, options: [] });
    expect(await look(service, person, 'originCountry', null, [])).toEqual({ version: 3, options: [] });
  });

  it('are the person’s own', async () => {
    const person = somebody();
    await save(service, person, 'originCountry', ['BR']);
    expect(await shown(person, countries, ['BR', 'PT'])).toEqual([['BR'], [true, false]]);
    expect(await shown(ana, countries, ['BR', 'PT'])).toEqual([[], [false, false]]);
    expect(await look(service, ana, 'originCountry', null, [])).toEqual({ version: 0, options: [] });
  });

  it('belong to the list: under whatever name and in whatever form it is offered', async () => {
    const person = somebody();
    await save(service, person, 'environmentDetail', ['rm/test'], { parent: option('erp/rm') });
    expect(await look(service, person, 'environment', 'erp/rm', ['rm/test'])).toEqual({ version: 1, options: ['rm/test'] });
    expect(await look(service, person, 'environmentDetail', 'erp/logix', [])).toEqual({ version: 0, options: [] });
  });

  it('stand apart for each choice above them', async () => {
    const person = somebody();
    await save(service, person, 'module', ['rm/labore'], { parent: option('erp/rm') });
    await save(service, person, 'module', ['logix/stock'], { parent: option('erp/logix') });
    expect(await look(service, person, 'module', 'erp/rm', ['rm/labore'])).toEqual({ version: 1, options: ['rm/labore'] });
    expect(await look(service, person, 'module', 'erp/logix', ['logix/stock'])).toEqual({ version: 1, options: ['logix/stock'] });
  });

  it('of lists that forms bind to their own products are read and saved as one, where no product is said', async () => {
    const person = somebody();
    await save(service, person, 'effect', ['logix/slow', 'rm/wrong', 'rm/slow'], { expectedVersion: 0 });
    const effects = ['rm/wrong', 'rm/slow', 'logix/slow'];
    expect(await look(service, person, 'effect', 'erp/rm', effects)).toEqual({ version: 1, options: ['rm/wrong', 'rm/slow'] });
    expect(await look(service, person, 'effect', 'erp/logix', effects)).toEqual({ version: 1, options: ['logix/slow'] });
    expect((await save(service, person, 'effect', ['rm/slow'], { expectedVersion: 2 })).list).toEqual({ version: 4, options: ['rm/slow'] });
    expect((await save(service, person, 'effect', ['rm/slow'], { expectedVersion: 2 })).failed).toBe('CONFLICT');
  });

  it('are nobody’s for a class of watchers, and nothing before sign-in', async () => {
    const group: Viewer = { ...bruno, kind: 'CLASS', personId: null, sessionId: null };
    expect(await shown(group, countries, ['BR'])).toEqual([null, [null]]);
    expect(await shown(anonymous, countries, ['BR'])).toEqual([null, [undefined]]);
    for (const none of ['', 'lst_', 'x'.repeat(10_000), 'lst_\u0000']) expect(await shown(bruno, none, [])).toEqual([[], []]);
    expect(await look(service, group, 'originCountry', null, [])).toEqual({ version: 0, options: [] });
  });

  it('are kept by staff too, who open for clients; not by who opens nothing', async () => {
    expect((await save(service, carla, 'originCountry', ['BR'])).list).toEqual({ version: 1, options: ['BR'] });
    expect((await save(service, rita, 'originCountry', ['BR'])).failed).toBe('FORBIDDEN');
    expect((await save(service, anonymous, 'originCountry', ['BR'])).failed).toBe('UNAUTHENTICATED');
    expect((await save(service, { ...bruno, kind: 'CLASS' }, 'originCountry', ['BR'])).failed).toBe('FORBIDDEN');
  });
});

describe('two who save the same list in one moment', () => {
  it.each([[0], [1]])('one wins, the others are told CONFLICT (version %i)', async (expectedVersion) => {
    const person = somebody();
    for (let saved = 0; saved < expectedVersion; saved++) await save(service, person, 'originCountry', ['AR']);
    const all = await Promise.all(
      ['BR', 'PT', 'BR', 'PT'].map((path) => save(service, person, 'originCountry', [path], { expectedVersion })),
    );
    expect(all.filter(({ list }) => list !== null)).toHaveLength(1);
    expect(all.map(({ failed }) => failed).filter(Boolean)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
    expect(await look(service, person, 'originCountry', null, [])).toMatchObject({ version: expectedVersion + 1 });
  });

  it('another version than the one that was seen is a CONFLICT', async () => {
    expect((await save(service, somebody(), 'originCountry', ['BR'], { expectedVersion: 1 })).failed).toBe('CONFLICT');
  });
});

describe('what cannot be a favorite', () => {
  const own = somebody();
  const faults = async (name: string, paths: string[], input: object = {}) => (await save(service, own, name, paths, input)).faults;

  it('is named with its place, all at once', async () => {
    await retire(service, 'C59');
    expect(await faults('originCountry', ['BR', 'rm/slow', 'BR', 'C59', '=opt_', 'never', '=x\u0000'])).toEqual([
      'NOT_AN_OPTION optionIds.1',
      'DUPLICATE_ANSWER optionIds.2',
      'OPTION_RETIRED optionIds.3',
      'NOT_AN_OPTION optionIds.4',
      'NOT_AN_OPTION optionIds.5',
      'NOT_AN_OPTION optionIds.6',
    ]);
  });

  it('is an option below another choice, or deeper than the list reaches', async () => {
    const parent = option('erp/rm');
    expect(await faults('module', ['rm/labore', 'logix/stock', 'rm/labore/payroll'], { parent })).toEqual([
      'OPTION_OF_ANOTHER_PARENT optionIds.1',
      'OPTION_OF_ANOTHER_PARENT optionIds.2',
    ]);
    expect(await faults('moduleProduct', ['rm/labore/payroll'], { parent })).toEqual([]);
    expect(await faults('product', ['rm/labore'], { parent: option('erp') })).toEqual(['NOT_AN_OPTION optionIds.0']);
  });

  it('is more than fifty', async () => {
    const many = Array.from({ length: 51 }, (_, index) => `C${index}`);
    expect(await faults('originCountry', many)).toEqual(['TOO_MANY optionIds']);
    expect(await faults('originCountry', many.slice(1))).toEqual([]);
    expect(
      await faults(
        'originCountry',
        Array.from({ length: 20_000 }, () => 'never'),
      ),
    ).toHaveLength(51);
  });

  it('is anything of a field that no form has, or of a choice that is none', async () => {
    await retire(service, 'logistics');
    expect(await faults('summary', ['BR', 'never'])).toEqual(['UNKNOWN_FIELD field', 'NOT_AN_OPTION optionIds.1']);
    expect(await faults('module', ['rm/labore'])).toEqual(['REQUIRED parent']);
    expect(await faults('module', [], { parent: option('never') })).toEqual(['NOT_AN_OPTION parent']);
    expect(await faults('module', [], { parent: '' })).toEqual(['NOT_AN_OPTION parent']);
    expect(await faults('product', [], { parent: option('logistics') })).toEqual(['OPTION_RETIRED parent']);
    expect(await faults('originCountry', ['BR'], { parent: option('erp') })).toEqual(['OPTION_OF_ANOTHER_PARENT parent']);
    expect(await faults('effect', ['rm/slow'], { parent: option('BR') })).toEqual(['OPTION_OF_ANOTHER_PARENT parent']);
  });

  it('changes nothing', async () => {
    const person = somebody();
    await save(service, person, 'originCountry', ['BR']);
    await save(service, person, 'originCountry', ['PT', 'never']);
    expect(await look(service, person, 'originCountry', null, ['BR'])).toEqual({ version: 1, options: ['BR'] });
  });

  it('is a field that one can only misspell, when a list is read', async () => {
    expect(await look(service, own, 'summary', null, [])).toBe('BAD_USER_INPUT');
    expect(await look(service, own, 'module', null, [])).toEqual({ version: 0, options: [] });
    expect(await look(service, own, 'module', 'never', [])).toEqual({ version: 0, options: [] });
  });
});

describe('a retired option', () => {
  it('drops out of every list, in its place, and the version that people hold stays good', async () => {
    const person = somebody();
    await save(service, person, 'originCountry', ['C1', 'C2', 'C3']);
    await retire(service, 'C2');
    expect(await look(service, person, 'originCountry', null, ['C1', 'C3'])).toEqual({ version: 1, options: ['C1', 'C3'] });
    expect(await shown(person, countries, ['C1', 'C2', 'C3'])).toEqual([
      ['C1', 'C3'],
      [true, false, true],
    ]);
    expect((await save(service, person, 'originCountry', ['C3', 'C1'], { expectedVersion: 1 })).list).toEqual({
      version: 2,
      options: ['C3', 'C1'],
    });
  });

  it('takes what lies below it along', async () => {
    const person = somebody();
    await save(service, person, 'moduleProduct', ['rm/labore/payroll', 'rm/nucleus'], { parent: option('erp/rm') });
    await retire(service, 'rm/labore');
    expect(await look(service, person, 'moduleProduct', 'erp/rm', ['rm/nucleus'])).toEqual({ version: 1, options: ['rm/nucleus'] });
  });
});

describe('a form that is published again', () => {
  it('says anew where its options lie; an older version that comes late says nothing', async () => {
    const asked = (list: string) => [{ field: 'pick', lists: [list], depth: 'CHILDREN' as const, rootId: null, belowChoice: false }];
    await publish(service, 'custom', asked('COUNTRY'), 2);
    await publish(service, 'custom', asked('MACRO_SEGMENT'), 1);
    expect((await save(service, somebody(), 'pick', ['BR'])).faults).toEqual([]);
    await publish(service, 'custom', asked('MACRO_SEGMENT'), 3);
    expect((await save(service, somebody(), 'pick', ['BR'])).faults).toEqual(['NOT_AN_OPTION optionIds.0']);
  });
});
