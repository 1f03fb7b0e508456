import { MemoryBus, makeLog } from '@atende/service/process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildCaller, startToyGraph, type ToyGraph } from '../testing/toy-gateway.ts';
import { happen } from '../testing/toy-live.ts';
import { ANA, BRUNO, GISELE, owning } from '../testing/toy-persons.ts';
import { Live } from './live.ts';
import type { Frame } from './watcher.ts';

let graph: ToyGraph;
let live: Live;
const bus = new MemoryBus();
beforeAll(async () => {
  graph = await startToyGraph();
  live = new Live({ ...graph, supergraph: () => graph.supergraph, bus, log: makeLog('gateway', 'silent'), mostPairs: 2 });
});
afterAll(async () => {
  await live.close();
  await graph.stop();
});

const sink = { next: () => undefined, fail: () => undefined };
const subscribe = (query: string, viewer = ANA) => live.subscribe({ query }, buildCaller({ viewer }), sink);
const ALL = 'subscription { ticketsChanged { type } }';

describe('a subscription begins', () => {
  test('for a person only', () => {
    expect(live.subscribe({ query: ALL }, buildCaller(), sink)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('while there is room for another pair of class and filter; who joins one needs none', () => {
    const begun = [ANA, GISELE, owning(ANA), BRUNO].map((viewer) => subscribe(ALL, viewer));
    expect(begun.map((watcher) => 'errors' in watcher)).toEqual([false, false, true, false]);
    expect(live.counts()).toEqual({ watchers: 3, groups: 2 });
    const [, gisele] = begun;
    if (gisele && !('errors' in gisele)) live.unsubscribe(gisele);
    expect('errors' in subscribe(ALL, owning(ANA))).toBe(false);
  });

  test('always for one object, which is asked about at its own events only', () => {
    expect('errors' in subscribe('subscription { ticketChanged(ticketId: "tkt_1") { type } }', owning(BRUNO))).toBe(false);
  });
});

test('a frame that cannot be sent stops nobody else', async () => {
  const got: string[] = [];
  const both = Promise.withResolvers<void>();
  const broken = {
    ...sink,
    next: () => {
      throw new Error('the socket is gone');
    },
  };
  const working = {
    ...sink,
    next({ payload }: Frame) {
      got.push(JSON.parse(payload).data.ticketsChanged.type);
      if (got.length === 2) both.resolve();
    },
  };
  for (const to of [broken, working]) live.subscribe({ query: ALL }, buildCaller({ viewer: ANA }), to);
  await happen({ data: graph.data, bus }, { type: 'ONE' });
  await happen({ data: graph.data, bus }, { type: 'TWO' });
  await both.promise;
  expect(got).toEqual(['ONE', 'TWO']);
});
