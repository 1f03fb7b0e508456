import { JetStreamBus, makeLog } from '@atende/service/process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Gateway } from './gateway.ts';
import { CutLink } from './testing/cut-link.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { ANA, BRUNO, GISELE } from './testing/toy-persons.ts';

// Two gateways on a real nats-server, and the link to it cut. Nothing comes back while the test runs.

const DEAR = '{ tickets(first: 100) { edges { node { subject requester { name } } } } }'; // 501 points
const ONE = '{ ticket(id: "tkt_1") { number } }'; // 2 points
const UNTIL_THERE = 20; // ms between two looks

const link = new CutLink(process.env.TEST_NATS_URL ?? '');
let url: string;
let house: ToyHouse;
let other: Gateway;
const bus = (): JetStreamBus => new JetStreamBus({ url, prefix: `rates-${process.pid}`, name: 'gateway', log: makeLog('test', 'silent') });

beforeAll(async () => {
  url = await link.listen();
  const environment = { RATE_PERSON: '5000/9999', RATE_ORGANIZATION: '20000/9999' };
  house = await startToyHouse({ environment, bus: bus() });
  other = await house.another(bus());
});
afterAll(async () => {
  await other.stop();
  await house.stop();
  await link.close();
});

async function ask(gateway: Gateway, authorization: string, query = ONE): Promise<{ status: number; left: number; ms: number }> {
  const begun = performance.now();
  const headers = { 'content-type': 'application/json', authorization };
  const { status, headers: told } = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return { status, left: Number(/r=(\d+)/.exec(told.get('ratelimit') ?? '')?.[1]), ms: performance.now() - begun };
}

async function until(gateway: Gateway, authorization: string, isSo: (left: number) => boolean): Promise<void> {
  while (!isSo((await ask(gateway, authorization)).left)) await new Promise((resolve) => setTimeout(resolve, UNTIL_THERE));
}

const exhaust = async (gateway: Gateway, authorization: string) => {
  while ((await ask(gateway, authorization, DEAR)).status === 200);
};

test('what is spent at one gateway is spent at the other', async () => {
  const authorization = await house.signIn(ANA);
  await exhaust(house.gateway, authorization);
  await until(other, authorization, (left) => left < 500);
  expect(await ask(other, authorization, DEAR)).toMatchObject({ status: 429 });
});

test('a gateway that starts learns what is owed', async () => {
  const authorization = await house.signIn(ANA);
  const third = await house.another(bus());
  await until(third, authorization, (left) => left < 500);
  expect(await ask(third, authorization, DEAR)).toMatchObject({ status: 429 });
  await third.stop();
});

test('without NATS each counts alone, and when it is back they agree on the most that anybody knows', async () => {
  const [bruno, gisele] = await Promise.all([house.signIn(BRUNO), house.signIn(GISELE)]);
  link.cut();
  await exhaust(house.gateway, bruno);
  for (let count = 0; count < 4; count += 1) await ask(other, gisele, DEAR);
  expect(await ask(other, bruno, DEAR)).toMatchObject({ status: 200 });
  link.mend();
  await until(other, bruno, (left) => left < 500);
  await until(house.gateway, gisele, (left) => left < 3_100);
  // Not twice: what was spent while they did not hear each other is known by its sum already.
  expect((await ask(house.gateway, gisele)).left).toBeGreaterThan(2_500);
});
