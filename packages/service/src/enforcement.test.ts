import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Toy } from './testing/toy.ts';
import { ana, bruno, elisa, gisele, nobody } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { startTestService, type TestService } from './testing-service.ts';
import { gatewayViewer, type KeyScope, type Viewer } from './viewer.ts';

// Boxes: `box` is open, `shut` is not (its policy says so, row-level security does not), `foreign` is another organization's.
// Toys: `car`, and `doll`, which is broken and so for supervisors only.

let service: TestService;
beforeAll(async () => {
  service = await startTestService(toys);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const box = (id: string): string => `box(id: "${id}") { id }`;
const codes = (answer: Awaited<ReturnType<TestService['ask']>>): string[] => (answer.errors ?? []).map(({ extensions }) => extensions.code);

describe('a policy is enforced', () => {
  it('at a root field: what may not be seen is null, as what does not exist', async () => {
    const { data, errors } = await service.ask(
      ana,
      `{ own: ${box(toyIds.box)} shut: ${box(toyIds.shut)} foreign: ${box(toyIds.foreign)} absent: ${box('box_none')} }`,
    );
    expect(data).toEqual({ own: { id: toyIds.box }, shut: null, foreign: null, absent: null });
    expect(errors).toBeUndefined();
  });

  it('at a field that must answer: NOT_FOUND, the same in bytes as for what does not exist', async () => {
    const [shut, foreign, absent] = await Promise.all(
      [toyIds.shut, toyIds.foreign, 'box_none'].map((id) => service.ask(ana, 'query ($id: ID!) { boxForSure(id: $id) { id } }', { id })),
    );
    expect(codes(absent as never)).toEqual(['NOT_FOUND']);
    expect(JSON.stringify(shut)).toBe(JSON.stringify(absent));
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(absent));
  });

  it('in lists: others are left out', async () => {
    expect((await service.ask(ana, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.box }]);
    expect((await service.ask(gisele, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.foreign }]);
  });

  it('at relations', async () => {
    const toysSeen = async (viewer: typeof ana) =>
      (await service.ask(viewer, `{ box(id: "${toyIds.box}") { toys { id } } }`)).data.box.toys;
    expect(await toysSeen(ana)).toEqual([{ id: toyIds.car }]);
    expect(await toysSeen(elisa)).toEqual([{ id: toyIds.car }, { id: toyIds.doll }]);
  });

  it('at a relation that must answer', async () => {
    const answer = await service.ask(ana, `{ box(id: "${toyIds.box}") { topToy { id } } }`);
    expect(codes(answer)).toEqual(['NOT_FOUND']);
    expect((await service.ask(elisa, `{ box(id: "${toyIds.box}") { topToy { id } } }`)).data.box.topToy).toEqual({ id: toyIds.doll });
  });

  it('at the edges of a connection', async () => {
    const page = async (viewer: typeof ana) =>
      (await service.ask(viewer, `{ box(id: "${toyIds.box}") { toyPage(first: 5) { edges { node { id } } } } }`)).data.box.toyPage.edges;
    expect(await page(ana)).toEqual([{ node: { id: toyIds.car } }, { node: null }]);
    expect(await page(elisa)).toEqual([{ node: { id: toyIds.car } }, { node: { id: toyIds.doll } }]);
  });

  it('in unions, in a set of promises too: each by the policy of its own type', async () => {
    const ids = [toyIds.box, toyIds.shut, toyIds.foreign, 'box_none', toyIds.car, toyIds.doll];
    const things = async (viewer: typeof ana) =>
      (await service.ask(viewer, 'query ($ids: [ID!]!) { things(ids: $ids) { __typename ... on Box { id } ... on Toy { id } } }', { ids }))
        .data.things;
    expect(await things(ana)).toEqual([
      { __typename: 'Box', id: toyIds.box },
      { __typename: 'Toy', id: toyIds.car },
    ]);
    expect(await things(elisa)).toHaveLength(3);
    expect(await things(gisele)).toEqual([{ __typename: 'Box', id: toyIds.foreign }]);
  });

  it('at interfaces', async () => {
    const node = async (viewer: typeof ana, id: string) => (await service.ask(viewer, `{ anyNode(id: "${id}") { id } }`)).data.anyNode;
    expect(await node(ana, toyIds.box)).toEqual({ id: toyIds.box });
    expect(await node(ana, toyIds.shut)).toBeNull();
    expect(await node(ana, toyIds.doll)).toBeNull();
    expect(await node(elisa, toyIds.doll)).toEqual({ id: toyIds.doll });
  });

  it('at references of the gateway, whose list keeps its length', async () => {
    const representations = [toyIds.box, toyIds.shut, toyIds.foreign, 'box_none', toyIds.box].map((id) => ({ __typename: 'Box', id }));
    const { data } = await service.ask(ana, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Box { id label } } }', {
      r: representations,
    });
    const own = { id: toyIds.box, label: 'first' };
    expect(data._entities).toEqual([own, null, null, null, own]);
  });

  it('at what a mutation answers', async () => {
    const input = { id: toyIds.foreign, expectedVersion: 0, label: 'mine' };
    expect(
      codes(await service.ask(ana, 'mutation ($input: RelabelBoxInput!) { relabelBox(input: $input) { box { id } } }', { input })),
    ).toEqual(['NOT_FOUND']);
  });
});

describe('a stricter policy of one field', () => {
  it('makes it null for the others', async () => {
    const hidden = async (viewer: typeof ana) => (await service.ask(viewer, `{ box(id: "${toyIds.box}") { id hiddenIn } }`)).data.box;
    expect(await hidden(ana)).toEqual({ id: toyIds.box, hiddenIn: null });
    expect(await hidden(bruno)).toEqual({ id: toyIds.box, hiddenIn: 'attic' });
  });

  it('holds through references too', async () => {
    const query = `{ _entities(representations: [{ __typename: "Box", id: "${toyIds.box}" }]) { ... on Box { hiddenIn } } }`;
    expect((await service.ask(ana, query)).data._entities).toEqual([{ hiddenIn: null }]);
  });
});

describe('who may ask a root field at all', () => {
  it('nobody who is not signed in, but for what is public', async () => {
    expect(codes(await service.ask(nobody, '{ boxes { id } }'))).toEqual(['UNAUTHENTICATED']);
    expect((await service.ask(nobody, '{ greeting }')).data.greeting).toContain('pt-BR');
  });

  it('whoever its policy names', async () => {
    expect(codes(await service.ask(ana, '{ backRoom }'))).toEqual(['FORBIDDEN']);
    expect((await service.ask(elisa, '{ backRoom }')).data).toEqual({ backRoom: 'welcome' });
  });

  it('the gateway alone may ask for the events, and sees no row of anybody', async () => {
    const query = '{ _events(first: 1) { position } }';
    expect(codes(await service.ask(ana, query))).toEqual(['FORBIDDEN']);
    expect(await service.ask(gatewayViewer, query)).toEqual({ data: { _events: { position: expect.any(Number) } } });
    expect(codes(await service.ask(gatewayViewer, '{ boxes { id } }'))).toEqual(['FORBIDDEN']);
  });
});

describe('an API key', () => {
  const by = (...scopes: KeyScope[]) => ({ ...ana, apiKey: { id: 'key_ana', scopes } });
  const pack = (viewer: Viewer) =>
    service.ask(viewer, 'mutation ($input: PackBoxInput!) { packBox(input: $input) { box { label } } }', {
      input: { clientKey: `by ${viewer.apiKey?.scopes}`, label: 'packed' },
    });

  it('reads with READ, and never more than its person', async () => {
    expect((await service.ask(by('READ'), '{ boxes { id } }')).data.boxes).toContainEqual({ id: toyIds.box });
    expect(codes(await service.ask(by('READ'), '{ backRoom }'))).toEqual(['FORBIDDEN']);
    expect(codes(await service.ask(by('WRITE_TICKETS', 'MANAGE_CONTACTS'), '{ boxes { id } greeting }'))).toEqual(['FORBIDDEN']);
  });

  it('reads nothing through references without READ', async () => {
    const query = `{ _entities(representations: [{ __typename: "Box", id: "${toyIds.box}" }]) { ... on Box { id } } }`;
    expect((await service.ask(by('WRITE_TICKETS'), query)).data._entities).toEqual([null]);
    expect((await service.ask(by('READ'), query)).data._entities).toEqual([{ id: toyIds.box }]);
  });

  it('uses a mutation only with the scope that the mutation names, and one that names none never', async () => {
    expect(codes(await pack(by('READ', 'MANAGE_CONTACTS')))).toEqual(['FORBIDDEN']);
    expect((await pack(by('WRITE_TICKETS'))).data.packBox.box).toEqual({ label: 'packed' });
    const relabel = `mutation { relabelBox(input: { id: "${toyIds.box}", expectedVersion: 0, label: "x" }) { box { id } } }`;
    expect(codes(await service.ask(by('READ', 'WRITE_TICKETS', 'MANAGE_CONTACTS'), relabel))).toEqual(['FORBIDDEN']);
  });
});

describe('with the application’s checks switched off', () => {
  it('row-level security still returns no foreign row', async () => {
    await using open = await startTestService(toys, { applicationChecks: false });
    const everything = `{ boxes { id toys { id } } foreign: ${box(toyIds.foreign)} }`;
    expect((await open.ask(ana, everything)).data).toEqual({
      boxes: [
        { id: toyIds.box, toys: [{ id: toyIds.car }, { id: toyIds.doll }] },
        { id: toyIds.shut, toys: [] },
      ],
      foreign: null,
    });
    expect((await open.ask(nobody, everything)).data).toEqual({ boxes: [], foreign: null });
    expect(await open.worker().count(Toy)).toBe(2);
  }, 30_000);
});
