import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, gisele, startIdentity, type TestIdentity } from './testing/identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const SEARCH = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult {
  contacts(first: 10) { edges { node { name } } } organizations(first: 10) { edges { node { code } } } } } }`;
const of = (text: string) => ({ of: [{ __typename: 'SearchResult', text }] });
async function found(email: string, text: string) {
  const { data } = await identity.as(email, SEARCH, of(text));
  const [{ contacts, organizations }] = data._entities;
  const nodes = [...contacts.edges, ...organizations.edges].map(({ node }: { node: { name?: string; code?: string } }) => node);
  return nodes.map(({ name, code }) => name ?? code);
}

describe('the sections of a search', () => {
  it('find people and organizations by their words in any order, without accents', async () => {
    expect(await found(carla, 'SOUZA aná')).toEqual(['Ana Souza']);
    expect(await found(carla, 'industria acme')).toEqual(['ACME01']);
    expect(await found(carla, 'glbx01')).toEqual(['GLBX01']);
  });

  it('hold nothing foreign', async () => {
    expect(await found(bruno, 'souza')).toEqual(['Ana Souza']);
    expect(await found(gisele, 'souza')).toEqual([]);
    expect(await found(gisele, 'acme')).toEqual([]);
    expect(await found('rita@support.example', 'acme')).toEqual([]);
    expect(await found(ana, '% _')).toEqual([]);
  });

  it('are absent before sign-in', async () => {
    expect((await identity.anybody(SEARCH, of('ana'))).data).toEqual({ _entities: [{ contacts: null, organizations: null }] });
  });
});
