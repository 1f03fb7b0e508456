import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { composeSupergraph } from '../composition.ts';
import { connect, disconnectAll, next, standing } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';
import { TICKETS_SDL } from '../testing/toy-sdl.ts';

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

describe('a reload of the supergraph', () => {
  test('a bad one is refused, a good one is taken, and the socket stays', async () => {
    const connected = await signedIn();
    const { watch } = connected;
    const frames = watch(ALL);
    const first = next(frames);
    await standing(connected);
    house.publish('this is no supergraph');
    await until(async () =>
      /atende_gateway_supergraph_refused_total 1/.test(await (await fetch(`${house.gateway.probesUrl}/metrics`)).text()),
    );
    await happen(house, { type: 'STILL' });
    expect(await first).toEqual(event('STILL'));

    house.publish(
      composeSupergraph([
        { ...house.identity },
        { ...house.tickets, sdl: TICKETS_SDL.replace('type Tag { name', 'type Tag { colour: String name') },
      ]),
    );
    await until(async () => (await (await fetch(`${house.gateway.url}/schema.graphql`)).text()).includes('colour'));
    await happen(house, { type: 'STILL_HERE' });
    expect(await next(frames)).toEqual(event('STILL_HERE'));
    expect(await next(watch('{ ticket(id: "tkt_1") { number } }'))).toMatchObject({ data: { ticket: { number: '1' } } });
  });

  test('who watches what is no more is told so', async () => {
    const connected = await signedIn();
    const { watch } = connected;
    const frames = watch('subscription { ticketsChanged { cursor } }');
    const first = next(frames);
    await standing(connected);
    house.publish(
      composeSupergraph([
        { ...house.identity },
        { ...house.tickets, sdl: TICKETS_SDL.replace('cursor: String!\n  type: String!', 'type: String!') },
      ]),
    );
    await expect(first).rejects.toMatchObject([{ message: expect.stringContaining('cursor'), extensions: { code: 'BAD_USER_INPUT' } }]);
    house.publish(house.supergraph);
    await until(
      async () =>
        (await (await fetch(`${house.gateway.url}/schema.graphql`)).text()).includes('type: String!\n  cursor') ||
        (await (await fetch(`${house.gateway.url}/schema.graphql`)).text()).includes('cursor: String!\n  type'),
    );
  });

  const until = async (isSo: () => Promise<boolean>) => {
    while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
  };
});
