import { afterEach, describe, expect, test } from '@jest/globals';
import { connect, disconnectAll } from './testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

const houses: ToyHouse[] = [];
afterEach(async () => {
  await disconnectAll();
  await Promise.all(houses.splice(0).map((house) => house.stop()));
});

async function start(environment: Record<string, string> = {}, withSupergraph = true): Promise<ToyHouse> {
  const house = await startToyHouse({ environment, withSupergraph });
  houses.push(house);
  return house;
}

const ask = ({ gateway }: ToyHouse, query = '{ ticket(id: "tkt_1") { number } slow }') =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify({ query }),
  });
const probe = async ({ gateway }: ToyHouse, path: string) => (await fetch(`${gateway.probesUrl}${path}`)).status;

describe('a gateway', () => {
  test('starts alone: no service, no NATS, no supergraph', async () => {
    const house = await start({}, false);
    await Promise.all([house.tickets.stop(), house.identity.stop()]);
    expect([await probe(house, '/livez'), await probe(house, '/readyz')]).toEqual([200, 503]);
    const early = await ask(house);
    expect([early.status, await early.json()]).toMatchObject([503, { errors: [{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }] }]);
    expect((await fetch(`${house.gateway.url}/schema.graphql`)).status).toBe(503);

    house.publish(house.supergraph);
    while ((await probe(house, '/readyz')) !== 200) await new Promise((resolve) => setTimeout(resolve, 10));
    const without = await ask(house);
    expect([without.status, await without.json()]).toMatchObject([
      200,
      { data: { ticket: null, slow: null }, errors: [{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }, {}] },
    ]);

    await Promise.all([house.tickets.restart(), house.identity.restart()]);
    let data: unknown = null;
    while (!(data as { slow?: string } | null)?.slow) ({ data } = (await (await ask(house)).json()) as { data: unknown });
    expect(data).toEqual({ ticket: { number: '1' }, slow: 'finally' });
  });

  test('takes the addresses of its configuration before those of the supergraph', async () => {
    const house = await start();
    const moved = await start({ SERVICE_URLS: `tickets=${house.tickets.url}|http://127.0.0.1:1/graphql` });
    house.tickets.calls.length = 0;
    // The other house's key is not this one's: that tickets was asked shows in its refusal.
    expect(await (await ask(moved, '{ ticket(id: "tkt_1") { number } }')).json()).toMatchObject({ data: { ticket: null } });
    expect(moved.tickets.calls).toEqual([]);
  });

  test('that is told to end finishes what it has begun and takes nothing new', async () => {
    const house = await start();
    house.identity.mood = 'hangs';
    const spoiled = Promise.withResolvers<void>();
    house.identity.onSpoiled = spoiled.resolve;
    const begun = ask(house);
    await spoiled.promise;
    const ending = house.gateway.stop();
    expect(await (await begun).json()).toMatchObject({ data: { ticket: { number: '1' }, slow: null } });
    await ending;
    await expect(ask(house)).rejects.toThrow();
  });

  test('counts what it does', async () => {
    const house = await start();
    const { opened } = connect(house.gateway, await house.signIn());
    await opened;
    await ask(house);
    const metrics = await (await fetch(`${house.gateway.probesUrl}/metrics`)).text();
    for (const line of [
      /^atende_gateway_request_seconds_count\{status="200"\} 1$/m,
      /^atende_gateway_call_seconds_count\{service="tickets",answered="true"\} 1$/m,
      /^atende_gateway_operation_seconds_count\{operation="anonymous",type="query"\} 1$/m,
      /^atende_gateway_sockets 1$/m,
    ]) {
      expect(metrics).toMatch(line);
    }
  });
});
