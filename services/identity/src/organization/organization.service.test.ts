import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, elisa, gisele, hugo, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';

const ONE = `query ($id: ID) { organization(id: $id) { id code legalName country plan bso entitlements active
  accountExecutive { name email phone } environments { kind name address } administrators { name email } } }`;
const LIST = `query ($filter: OrganizationFilter, $first: Int, $after: String) { organizations(filter: $filter, first: $first, after: $after) {
  edges { node { code } } pageInfo { hasNextPage endCursor } } }`;

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const codes = async (email: string, variables: Record<string, unknown> = {}) =>
  (await identity.as(email, LIST, { first: 10, ...variables })).data.organizations.edges.map(
    (edge: { node: { code: string } }) => edge.node.code,
  );

describe('an organization', () => {
  it('is seen whole by its contacts, their own when none is named', async () => {
    const { data } = await identity.as(bruno, ONE);
    expect(data.organization).toMatchObject({
      ...{ code: 'ACME01', legalName: 'ACME Indústria Ltda.', country: 'BR', plan: 'PRIME', bso: false, active: true },
      entitlements: expect.arrayContaining(['software.rm', 'value-added.cloud', 'PHONE']),
      accountExecutive: { name: 'Helena Duarte' },
      environments: [{ kind: 'PRODUCTION' }, { kind: 'HOMOLOGATION' }, { kind: 'TEST' }],
      administrators: [{ name: 'Ana Souza', email: ana }],
    });
    expect((await identity.as(hugo, ONE)).data.organization).toMatchObject({ code: 'GLBX01', plan: 'STANDARD', bso: true });
  });

  it('is seen by staff', async () => {
    for (const email of [carla, elisa, otavio])
      expect((await identity.as(email, ONE, { id: demoId('org', 'GLBX01') })).data.organization.code).toBe('GLBX01');
    expect((await identity.as(carla, ONE)).data.organization).toBeNull();
  });

  it('that is foreign gets the same bytes as one that does not exist', async () => {
    const absent = JSON.stringify(await identity.as(gisele, ONE, { id: demoId('org', 'NONE') }));
    expect(absent).toBe('{"data":{"organization":null}}');
    for (const id of [demoId('org', 'ACME01'), 'nonsense', '', 'org_\u0000', demoId('con', gisele)])
      expect(JSON.stringify(await identity.as(gisele, ONE, { id }))).toBe(absent);
    expect(JSON.stringify(await identity.as(rita, ONE, { id: demoId('org', 'ACME01') }))).toBe(absent);
  });

  it('is nobody’s who has not signed in', async () => {
    for (const query of [ONE, LIST])
      expect((await identity.anybody(query, { id: demoId('org', 'ACME01'), first: 1 })).errors).toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ]);
  });
});

describe('the list of organizations', () => {
  it('holds one’s own, all for staff, none for an auditor', async () => {
    expect(await codes(ana)).toEqual(['ACME01']);
    expect(await codes(gisele)).toEqual(['GLBX01']);
    expect(await codes(carla)).toEqual(['ACME01', 'GLBX01']);
    expect(await codes(rita)).toEqual([]);
  });

  it('is narrowed by words of the name or code, plan and BSO', async () => {
    expect(await codes(carla, { filter: { text: 'comercio' } })).toEqual(['GLBX01']);
    expect(await codes(carla, { filter: { text: 'acme01' } })).toEqual(['ACME01']);
    expect(await codes(carla, { filter: { text: '%' } })).toEqual([]);
    expect(await codes(carla, { filter: { plan: 'PRIME' } })).toEqual(['ACME01']);
    expect(await codes(carla, { filter: { bso: true } })).toEqual(['GLBX01']);
    expect(await codes(carla, { filter: { active: false } })).toEqual([]);
    expect(await codes(ana, { filter: { text: 'globex' } })).toEqual([]);
  });

  it('goes page by page', async () => {
    const { data } = await identity.as(carla, LIST, { first: 1 });
    expect(data.organizations.pageInfo.hasNextPage).toBe(true);
    expect(await codes(carla, { after: data.organizations.pageInfo.endCursor })).toEqual(['GLBX01']);
    expect((await identity.as(carla, LIST)).errors).toMatchObject([{ extensions: { code: 'FIRST_REQUIRED' } }]);
  });
});
