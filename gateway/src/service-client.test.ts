import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BreakerState } from './breaker.ts';
import { SERVICE_CLIENT, ServiceClient, type ServiceClientOptions } from './service-client.ts';
import { startToy, type ToyService } from './testing/toy-service.ts';

// Faults on a real socket: the service hangs, dies, comes back.

const SDL = 'type Query { hello: String } type Mutation { greet: String }';
const resolvers = { Query: { hello: () => 'hello' }, Mutation: { greet: () => 'hi' } };
const query = { headers: '', body: '{"query":"{ hello }"}', isRepeatable: true };
const mutation = { ...query, body: '{"query":"mutation { greet }"}', isRepeatable: false };

let toy: ToyService;
let seen: BreakerState[];
const clients: ServiceClient[] = [];
beforeEach(async () => {
  toy = await startToy({ name: 'toy', sdl: SDL, resolvers });
  seen = [];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await toy.stop();
});

function connect(changed: Partial<ServiceClientOptions> = {}, urls = [toy.url]): ServiceClient {
  const client = new ServiceClient('toy', urls, {
    ...SERVICE_CLIENT,
    deadline: 150,
    failures: 3,
    coolDown: 50,
    onBreaker: (_, state) => seen.push(state),
    ...changed,
  });
  clients.push(client);
  return client;
}

/** Asks until the service answers: the breaker heals by being asked. */
async function answerAtLast(client: ServiceClient): Promise<unknown> {
  for (;;) {
    const answer = await client.send(query);
    if (answer) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a service that hangs', () => {
  test('costs a deadline until the breaker opens, then nothing, and the breaker closes by itself', async () => {
    const client = connect();
    toy.mood = 'hangs';
    expect(await Promise.all([client.send(query), client.send(query), client.send(mutation)])).toEqual([null, null, null]);
    expect([client.state, await client.send(query)]).toEqual(['open', null]);
    toy.mood = 'well';
    expect(await answerAtLast(client)).toMatchObject({ status: 200 });
    // On a busy machine a try or two may be late before one is answered in time.
    expect([client.state, seen.slice(0, 2), seen.at(-1)]).toEqual(['closed', ['open', 'half-open'], 'closed']);
  });

  test('fills its bulkhead and no more', async () => {
    const client = connect({ inFlight: 2, failures: 99 });
    toy.mood = 'hangs';
    const hanging = [client.send(query), client.send(query)];
    expect(await Promise.race([client.send(query), ...hanging.map((call) => call.then(() => 'hung'))])).toBeNull();
    await Promise.all(hanging);
    toy.mood = 'well';
    expect(await client.send(query)).toMatchObject({ status: 200 });
  });

  test('is left alone when the caller goes away, and that is no failure', async () => {
    const client = connect({ deadline: 60_000, failures: 1 });
    toy.mood = 'hangs';
    const leaving = new AbortController();
    const sent = client.send({ ...query, signal: leaving.signal });
    leaving.abort();
    expect([await sent, client.state]).toEqual([null, 'closed']);
  });
});

describe('a service that dies', () => {
  test('is found again when it comes back', async () => {
    const client = connect();
    expect(await client.send(query)).toMatchObject({ status: 200 });
    await toy.stop();
    expect([await client.send(query), await client.send(mutation)]).toEqual([null, null]);
    expect(client.state).toBe('open');
    await toy.restart();
    expect(await answerAtLast(client)).toMatchObject({ status: 200 });
    expect(client.state).toBe('closed');
  });

  test('while one call tries whether it is back, another waits for what it finds', async () => {
    const client = connect({ deadline: 2_000, failures: 1, coolDownRefused: 0 });
    await toy.stop();
    expect(await client.send(mutation)).toBeNull();
    await toy.restart();
    expect(await Promise.all([client.send(mutation), client.send(mutation)])).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  test('a restart between two calls is not noticed', async () => {
    const client = connect({ deadline: 2_000, failures: 99 });
    await client.send(query);
    await toy.stop();
    const [asked, told] = [client.send(query), client.send(mutation)];
    await toy.restart();
    expect([await asked, await told]).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  test('a connection that breaks under a mutation is not tried again: it may have happened', async () => {
    const client = connect({ deadline: 2_000, failures: 99 });
    toy.mood = 'resets';
    const asked = client.send(query);
    const told = client.send(mutation);
    expect(await told).toBeNull();
    toy.mood = 'well';
    expect(await asked).toMatchObject({ status: 200 });
    expect(toy.calls).toEqual(['{ hello }']);
  });

  test('another replica answers in its place', async () => {
    const other = await startToy({ name: 'toy', sdl: SDL, resolvers });
    const client = connect({}, [toy.url, other.url]);
    await toy.stop();
    for (let call = 0; call < 6; call += 1) expect(await client.send(mutation)).toMatchObject({ status: 200 });
    expect([client.state, other.calls.length]).toEqual(['closed', 6]);
    await other.stop();
  });
});

test('a service that answers 5xx is failing, one that answers 4xx is not', async () => {
  const client = connect({ failures: 1 });
  expect(await client.send({ ...query, body: '{"query":"{ nope }"}' })).toMatchObject({ status: 200 });
  toy.mood = 'fails';
  expect([await client.send(query), client.state]).toEqual([null, 'open']);
});
