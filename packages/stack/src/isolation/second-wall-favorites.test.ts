import { FormPublished, OptionsOffered, optionListId } from '@atende/events';
import { favorites } from '@atende/favorites';
import { demoId, makeLog, newId } from '@atende/service';
import { startTestService, type TestService } from '@atende/service/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { bruno, everythingFrom, gisele } from './second-wall.ts';

const brazil = demoId('opt', 'country:BR');
const countries = optionListId({ lists: ['COUNTRY'], depth: 'CHILDREN', below: null });
const SAVE =
  'mutation ($ids: [ID!]!) { saveFavorites(input: { field: "originCountry", optionIds: $ids }) { list { version } errors { code } } }';
const SHOWN = `query ($all: [_Any!]!) { favoriteList(field: "originCountry") { version options { id } }
  _entities(representations: $all) { ... on FieldOptionConnection { favorites { id } } ... on FieldOption { favorite } } }`;
const all = [
  { __typename: 'FieldOptionConnection', id: countries },
  { __typename: 'FieldOption', id: brazil },
];

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ ...favorites, jobs: [] }, { applicationChecks: false });
  await happened(OptionsOffered.type, { places: [{ list: 'COUNTRY', aboveIds: [], optionIds: [brazil] }] });
  const attachmentPolicy = { extensions: null, archivesOnly: false, maxFiles: 1, maxBytes: 1 };
  const optionFields = [{ field: 'originCountry', lists: ['COUNTRY'], depth: 'CHILDREN', rootId: null, belowChoice: false }];
  await happened(FormPublished.type, { requestType: 'software.rm', formVersion: 1, attachmentPolicy, optionFields });
  await service.ask(bruno, SAVE, { ids: [brazil] });
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

async function happened(type: string, data: Record<string, unknown>): Promise<void> {
  const about = { service: 'tickets', v: 1, aggregate: brazil, version: 1, position: 1, epoch: 'e', at: new Date().toISOString() };
  const nobody = { actor: null, audience: 'SYSTEM' as const, requestId: null, traceparent: null };
  await service.worker().transactional(async (em) => {
    const context = { em, now: new Date(), log: makeLog('test', 'silent') };
    for (const consumer of favorites.consumers.filter(({ event }) => event.type === type)) {
      await consumer.handle({ id: newId('evt'), type, ...about, ...nobody, data }, context);
    }
  });
}

it('with application checks off, a person gets no favorites but their own', async () => {
  const { data: own } = await service.ask(bruno, SHOWN, { all });
  expect(own).toEqual({
    favoriteList: { version: 1, options: [{ id: brazil }] },
    _entities: [{ favorites: [{ id: brazil }] }, { favorite: true }],
  });
  const { data } = await service.ask(gisele, SHOWN, { all });
  expect(data).toEqual({ favoriteList: { version: 0, options: [] }, _entities: [{ favorites: [] }, { favorite: false }] });
  expect(await everythingFrom(service, 'favorites', gisele, [brazil, countries])).not.toContain('"favorite":true');
});

it('row-level security alone hides them from any other person, and lets nobody write in another’s name', async () => {
  const client = new pg.Client({ connectionString: service.database.urls.app });
  await client.connect();
  const as = async (personId: string, statement: string, values: unknown[] = []): Promise<number | null> => {
    await client.query("select set_config('app.kind', 'PERSON', false), set_config('app.person', $1, false)", [personId]);
    return (await client.query(statement, values)).rowCount;
  };
  const [own, foreign] = [bruno.personId ?? '', gisele.personId ?? ''];
  try {
    expect(await as(own, 'select * from favorite_list')).toBe(1);
    for (const statement of ['select * from favorite_list', 'update favorite_list set version = 9', 'delete from favorite_list']) {
      expect([statement, await as(foreign, statement)]).toEqual([statement, 0]);
    }
    await expect(as(foreign, "insert into favorite_list values ($1, 'lst_x', 1, '{}', now())", [own])).rejects.toThrow(
      'row-level security',
    );
    await expect(as(own, 'update favorite_list set person_id = $1', [foreign])).rejects.toThrow('row-level security');
    await expect(as(own, 'update field_option set retired = true')).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});
