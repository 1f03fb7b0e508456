import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { connect, disconnectAll, next, standing } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse, untilReady } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';
import { TICKETS_SDL } from '../testing/toy-sdl.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import { publish, publishAll } from './publish.ts';
import type { SeenOperation } from './seen-operation.ts';

const CLIENT = { 'apollographql-client-name': 'portal', 'apollographql-client-version': '1.4.2' };
const SDL = TICKETS_SDL.replace('type Tag {', 'type Tag { colour: String ');
let folder: string;
let registry: DirectoryRegistry;
let house: ToyHouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atende-followed-'));
  registry = new DirectoryRegistry(folder);
  const environment = { SUPERGRAPH_FILE: '', REGISTRY: folder, REPLICA_NAME: 'gateway-1' };
  house = await startToyHouse({ environment, withSupergraph: false });
  await publishAll(registry, [house.tickets, house.identity], 'test');
  await untilReady(house.gateway);
});
afterAll(async () => {
  await disconnectAll();
  await house.stop();
  rmSync(folder, { recursive: true });
});

const ask = (query: string, headers: Record<string, string> = {}, variables: object = {}) =>
  fetch(`${house.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify({ query, variables }),
  });
/** The report of the gateway once it holds this operation. */
async function reported(name: string): Promise<SeenOperation> {
  for (;;) {
    const [report] = await registry.reports();
    const found = report?.operations.find((operation) => operation.name === name);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const schema = async () => (await fetch(`${house.gateway.url}/schema.graphql`)).text();
const until = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
};
const publication = { service: 'tickets', kind: 'PUBLISHED', by: 'ana', dryRun: false, documents: [] } as const;

describe('a gateway that follows a registry', () => {
  test('writes down what clients ask over HTTP, without what they said', async () => {
    const query = 'query Page($id: ID!) { mine: ticket(id: $id) { number } find(text: "CPF 123.456.789-09", first: 3) { __typename } }';
    await ask(query, CLIENT, { id: 'tkt_1' });
    const page = await reported('Page');
    expect(page).toMatchObject({
      document: 'query($v1:ID!){_a1:ticket(id:$v1){number}find(text:"" first:0){__typename}}',
      uses: ['Query.find', 'Query.find(first:)', 'Query.find(text:)', 'Query.ticket', 'Query.ticket(id:)', 'Ticket.number'],
      count: 1,
      clients: { 'portal 1.4.2': 1 },
    });
    expect(JSON.stringify(await registry.reports())).not.toMatch(/123|tkt_1|mine/);
  });

  test('nothing of what it refuses, of introspection, and of executions for events', async () => {
    await ask('query Refused { nothing }');
    await ask('query Introspection { __schema { queryType { name } } }');
    await ask('query Last { slow }');
    await reported('Last');
    const [report] = await registry.reports();
    expect(report?.operations.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['Refused']));
    expect(report?.operations.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['Introspection']));
  });

  test('subscriptions count once, when they begin, by the name that the socket gave', async () => {
    const client = createClient({
      url: `${house.gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: await house.signIn(), clientName: 'portal', clientVersion: '2' },
    });
    const frames = client.iterate({ query: 'subscription Watch { ticketsChanged { type } }' });
    for await (const _ of client.iterate({ query: '{ __typename }' }));
    await happen(house, { type: 'ONE' });
    await frames.next();
    await ask('query AfterTheEvent { slow }');
    await reported('AfterTheEvent');
    expect(await reported('Watch')).toMatchObject({ count: 1, clients: { 'portal 2': 1 }, document: 'subscription{ticketsChanged{type}}' });
    await client.dispose();
  });

  test('takes up what is published with sockets kept; what breaks one of its clients is not', async () => {
    const connected = connect(house.gateway, await house.signIn());
    const frames = connected.watch('subscription Kept { ticketsChanged { type ticket { subject } } }');
    const first = next(frames);
    await standing(connected);
    await reported('Kept');
    const without = TICKETS_SDL.replace('  subject: String!\n', '');
    expect(await publish(registry, { ...publication, sdl: without })).toMatchObject({
      verdict: 'BREAKS',
      check: { broken: [{ operation: 'Kept', breaks: [{ at: 'Ticket.subject' }] }] },
    });
    expect(await publish(registry, { ...publication, sdl: SDL })).toMatchObject({ verdict: 'PUBLISHED' });
    await until(async () => (await schema()).includes('colour'));
    await happen(house, { type: 'STILL_HERE' });
    expect(await first).toMatchObject({ data: { ticketsChanged: { type: 'STILL_HERE' } } });
  });
});
