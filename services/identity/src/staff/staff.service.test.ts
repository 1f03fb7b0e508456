import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, carla, elisa, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';

const ANALYSTS =
  'query ($filter: AnalystFilter, $first: Int) { analysts(filter: $filter, first: $first) { edges { node { name } } pageInfo { hasNextPage } } }';
const GROUPS = 'query { groups { code name kind active members { name } } }';
const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Analyst { name level supervisor available active moduleIds email groups { code } } ... on Group { code name kind members { name } } } }`;

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const entities = async (email: string, ...r: { __typename: string; id: string }[]) =>
  (await identity.as(email, ENTITIES, { r })).data._entities;
const carlaHerself = { __typename: 'Analyst', id: demoId('ana', carla) };
const ombudsman = { __typename: 'Group', id: demoId('grp', 'ombudsman') };

describe('staff', () => {
  it('an analyst has a name for clients, and everything for colleagues', async () => {
    const hidden = { level: null, supervisor: null, available: null, active: null, moduleIds: null, email: null, groups: null };
    expect(await entities(ana, carlaHerself)).toEqual([{ name: 'Carla Nogueira', ...hidden }]);
    expect(await entities(elisa, carlaHerself)).toMatchObject([
      {
        name: 'Carla Nogueira',
        level: 'N1',
        supervisor: false,
        available: true,
        active: true,
        email: carla,
        groups: expect.arrayContaining([{ code: 'cloud' }]),
      },
    ]);
    expect(await entities(rita, carlaHerself)).toEqual([{ name: 'Carla Nogueira', ...hidden }]);
  });

  it('a group has a name for clients, and its members for staff', async () => {
    expect(await entities(ana, ombudsman)).toEqual([{ code: 'ombudsman', name: 'Ouvidoria', kind: null, members: null }]);
    expect(await entities(carla, ombudsman)).toEqual([
      { code: 'ombudsman', name: 'Ouvidoria', kind: 'OMBUDSMAN', members: [{ name: 'Otávio Reis' }] },
    ]);
  });

  it('a group is named in the reader’s language', async () => {
    const answer = await identity.ask(await identity.viewer(carla), GROUPS, {}, { 'accept-language': 'en' });
    expect(answer.data.groups.map((group: { code: string; name: string }) => `${group.code} ${group.name}`)).toEqual([
      ...['bpo BPO HR', 'bso-ams BSO (AMS)', 'cloud Cloud and datacenter', 'cst Service centre', 'infra Infrastructure and RMO'],
      ...['n1-software Software – N1', 'n2-software Software – N2', 'ombudsman Ombudsman'],
    ]);
  });

  it('lists are for staff', async () => {
    for (const query of [ANALYSTS, GROUPS]) {
      expect((await identity.as(ana, query, { first: 10 })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect((await identity.as(rita, query, { first: 10 })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('analysts are found by group and by name', async () => {
    const names = async (filter: object) =>
      (await identity.as(carla, ANALYSTS, { filter, first: 10 })).data.analysts.edges.map(
        (edge: { node: { name: string } }) => edge.node.name,
      );
    expect(await names({})).toEqual(['Carla Nogueira', 'Diego Martins', 'Elisa Campos', 'Otávio Reis']);
    expect(await names({ groupId: demoId('grp', 'bso-ams') })).toEqual(['Carla Nogueira', 'Diego Martins']);
    expect(await names({ groupId: 'nonsense' })).toEqual([]);
    expect(await names({ text: 'otavio' })).toEqual(['Otávio Reis']);
  });
});
