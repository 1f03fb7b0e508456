import type { AuditRecorded, EventData } from '@atende/events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrail } from './audit-trail.ts';
import { newId } from './ids.ts';
import { makeLog } from './log.ts';
import { ana, nobody } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { until } from './testing/waiting.ts';
import { startTestService, type TestService } from './testing-service.ts';
import { gatewayViewer, type Viewer } from './viewer.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService(toys);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

type Data = EventData<typeof AuditRecorded>;
interface Row {
  actor: string | null;
  data: Data;
}
const actsOf = (requestId: string): Promise<Row[]> =>
  service.worker().execute(`select actor, data from event where type = 'audit.recorded' and request_id = ? order by id`, [requestId]);

let requests = 0;
const nextRequest = (): string => `request-${++requests}`;
async function ask(viewer: Viewer, query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const id = nextRequest();
  await service.ask(viewer, query, variables, { 'x-request-id': id, 'x-client-address': '192.0.2.77' });
  return id;
}
/** The acts of a request, once there are any. */
const told = (requestId: string): Promise<Row[]> =>
  until(async () => {
    const rows = await actsOf(requestId);
    return rows.length > 0 ? rows : null;
  });

const somebody = (): Viewer => ({ ...ana, personId: newId('per'), sessionId: newId('ses') });
const BOX = 'query ($id: ID!) { box(id: $id) { id } }';

describe('a denial is told to the audit log', () => {
  it('an object that was asked for by its id: what, by whom, from which network', async () => {
    const viewer = somebody();
    const id = newId('box');
    expect(await told(await ask(viewer, BOX, { id }))).toEqual([
      {
        actor: viewer.personId,
        data: {
          ...{ act: 'ACCESS', outcome: 'REFUSED', code: 'NOT_FOUND', field: 'Query.box', subjectId: id, organizationId: null },
          ...{ sessionId: viewer.sessionId, keyId: null, network: '192.0.2.0/24', count: 1 },
        },
      },
    ]);
  });

  it.each<[string, () => Viewer, string, Partial<Data>]>([
    ['a root field that is for others', somebody, '{ backRoom }', { code: 'FORBIDDEN', field: 'Query.backRoom', subjectId: null }],
    ['a root field without a sign-in', () => nobody, '{ boxes { id } }', { code: 'UNAUTHENTICATED', field: 'Query.boxes' }],
    ['a text that is no id is not kept', somebody, '{ boxForSure(id: "ana@acme.example") { id } }', { code: 'NOT_FOUND', subjectId: null }],
  ])('%s', async (_, viewer, query, expected) => {
    expect(await told(await ask(viewer(), query))).toMatchObject([{ data: expected }]);
  });

  it('a mutation of what is not there, by the id in its input', async () => {
    const input = { id: newId('box'), expectedVersion: 0, label: 'mine' };
    const request = await ask(somebody(), 'mutation ($input: RelabelBoxInput!) { relabelBox(input: $input) { box { id } } }', { input });
    expect(await told(request)).toMatchObject([{ data: { field: 'Mutation.relabelBox', code: 'NOT_FOUND', subjectId: input.id } }]);
  });

  it('a reference to something with an id of its own', async () => {
    const of = [{ __typename: 'Box', id: newId('box') }];
    const request = await ask(somebody(), 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Box { id } } }', { of });
    expect(await told(request)).toMatchObject([{ data: { field: 'Box', code: 'NOT_FOUND', subjectId: of[0]?.id } }]);
  });

  it('but not what was allowed, mistaken, or asked by the gateway for nobody', async () => {
    const viewer = somebody();
    const quiet = [
      await ask(viewer, BOX, { id: toyIds.box }),
      await ask(viewer, '{ box }'),
      await ask(gatewayViewer, BOX, { id: newId('box') }),
      await ask({ ...viewer, kind: 'CLASS', personId: null }, BOX, { id: newId('box') }),
    ];
    await told(await ask(somebody(), BOX, { id: newId('box') }));
    expect((await Promise.all(quiet.map(actsOf))).flat()).toEqual([]);
  });
});

describe('a flood', () => {
  const startToyTrail = (most = 100) =>
    startTrail({ forWorker: () => service.worker(), log: makeLog('toys', 'silent'), everyMs: 3_600_000, most });
  const doing = (viewer: Viewer) => ({ viewer, requestId: nextRequest(), now: new Date(), traceparent: null, address: '192.0.2.77' });
  const refusal = { act: 'ACCESS', outcome: 'REFUSED', code: 'NOT_FOUND', field: 'Query.box' } as const;

  it('is two acts: the first at once, and how many came after it', async () => {
    const trail = startToyTrail();
    const viewer = somebody();
    const [first, last] = [doing(viewer), doing(viewer)];
    trail.note(first, { ...refusal, subjectId: newId('box') });
    await told(first.requestId);
    for (let time = 0; time < 999; time++) trail.note(doing(viewer), { ...refusal, subjectId: newId('box') });
    trail.note(last, { ...refusal, subjectId: newId('box') });
    await trail.stop();
    expect(await actsOf(last.requestId)).toMatchObject([{ actor: viewer.personId, data: { count: 1_000, subjectId: null } }]);
  });

  it('of one person hides nobody else’s', async () => {
    const trail = startToyTrail();
    const [one, other] = [doing(somebody()), doing(somebody())];
    trail.note(one, refusal);
    trail.note(other, refusal);
    await trail.stop();
    expect([await actsOf(one.requestId), await actsOf(other.requestId)]).toMatchObject([[{}], [{}]]);
  });

  it('of more people than there is room for names the first, and counts the others', async () => {
    const trail = startToyTrail(2);
    const crowd = Array.from({ length: 5 }, () => doing(somebody()));
    for (const one of crowd) trail.note(one, refusal);
    await trail.stop();
    const [first, second, third, fourth, fifth] = await Promise.all(crowd.map(({ requestId }) => actsOf(requestId)));
    expect([first, second]).toMatchObject([[{ actor: crowd[0]?.viewer.personId }], [{ actor: crowd[1]?.viewer.personId }]]);
    expect([third, fourth]).toMatchObject([[{ actor: crowd[2]?.viewer.personId }], []]);
    expect(fifth).toMatchObject([{ actor: null, data: { count: 2, network: null } }]);
  });

  it('what must be written before it happens is, once a minute for each subject', async () => {
    const trail = startToyTrail();
    const viewer = somebody();
    const [first, second, other] = [doing(viewer), doing(viewer), doing(viewer)];
    const read = { act: 'FILE_READ', subjectId: newId('att') } as const;
    await trail.write(first, read);
    expect(await actsOf(first.requestId)).toMatchObject([{ data: { act: 'FILE_READ', outcome: 'DONE', count: 1 } }]);
    await trail.write(second, read);
    await trail.write(other, { act: 'FILE_READ', subjectId: newId('att') });
    expect([await actsOf(second.requestId), await actsOf(other.requestId)]).toMatchObject([[], [{}]]);
    await trail.stop();
    expect(await actsOf(second.requestId)).toMatchObject([{ data: { count: 1, subjectId: read.subjectId } }]);
  });
});
