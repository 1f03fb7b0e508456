import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect, disconnectAll, next, standing } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';
import { ANA } from '../testing/toy-persons.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());
afterEach(disconnectAll);

const ALL = 'subscription { ticketsChanged { type ticket { subject } } }';
const signedIn = async () => connect(house.gateway, await house.signIn());
const event = (type: string) => ({
  data: { ticketsChanged: { type, ticket: { subject: expect.any(String) } } },
  extensions: expect.anything(),
});

describe('who may open a socket', () => {
  test('nobody without a token', async () => {
    expect(await connect(house.gateway).closed).toEqual([4401, 'Unauthorized']);
  });

  test.each([
    ['that is none', () => 'Bearer nonsense'],
    ['that has expired', () => house.signIn(ANA, -60)],
  ])('nobody with a token %s', async (_name, token) => {
    expect(await connect(house.gateway, await token()).closed).toEqual([4403, 'Forbidden']);
  });

  test('an expiring token closes the socket', async () => {
    expect(await connect(house.gateway, await house.signIn(ANA, -2)).closed).toEqual([4403, 'Forbidden']); // 5 s of leeway between clocks
  });

  test('the end of the session closes its sockets, not those of others', async () => {
    const gone = connect(house.gateway, await house.signIn({ ...ANA, sessionId: 'ses_gone' }));
    const other = await signedIn();
    const frames = other.watch(ALL);
    const first = next(frames);
    await Promise.all([gone.opened, other.opened]);
    const { data } = await next(other.watch('{ __typename }'));
    expect(data).toEqual({ __typename: 'Query' });
    const ended = {
      id: 'evt_gone',
      service: 'identity',
      type: 'session.ended',
      v: 1,
      aggregate: 'ses_gone',
      version: 1,
      position: 1,
      epoch: 'e',
      at: '2026-01-01T00:00:00.000Z',
    };
    await house.bus.publish('identity', [{ ...ended, actor: null, audience: 'SYSTEM', requestId: null, traceparent: null, data: {} }], {
      lastSequence: 0,
    });
    expect(await gone.closed).toEqual([4403, 'Forbidden']);
    await happen(house, { type: 'ON' });
    expect(await first).toEqual(event('ON'));
  });
});

describe('operations over a socket', () => {
  test('queries and mutations run as over HTTP', async () => {
    const { watch } = await signedIn();
    expect(await next(watch('query Q($id: ID!) { ticket(id: $id) { number } }', { id: 'tkt_2' }))).toEqual({
      data: { ticket: { number: '2' } },
      extensions: { cost: 2 },
    });
    expect(await next(watch('mutation { rename(id: "tkt_none", subject: "x") { ticket { id } } }'))).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  test('fifty at a time, and no more', async () => {
    const { client } = await signedIn();
    const refused = new Promise((resolve) => {
      for (let count = 0; count < 51; count += 1)
        client.subscribe({ query: ALL }, { next: () => undefined, complete: () => undefined, error: resolve });
    });
    expect(await refused).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  test('a subscription that asks for nothing live', async () => {
    const { watch } = await signedIn();
    await expect(next(watch('subscription { __typename }'))).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('one that is completed gets no more, and the group ends with its last watcher', async () => {
    const connected = await signedIn();
    const { watch } = connected;
    const frames = watch(ALL);
    const first = next(frames);
    await standing(connected);
    await happen(house, { type: 'LAST' });
    await first;
    await frames.return?.();
    await standing(connected);
    const metrics = await (await fetch(`${house.gateway.probesUrl}/metrics`)).text();
    expect(metrics).toMatch(/^atende_gateway_subscriptions 0$/m);
  });
});

test('a gateway that ends tells its sockets to come back', async () => {
  const ending = await startToyHouse();
  const { closed, opened } = connect(ending.gateway, await ending.signIn());
  await opened;
  await ending.stop();
  expect(await closed).toEqual([1012, 'restarting: resume with your last cursor']);
});
