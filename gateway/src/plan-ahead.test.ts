import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planAhead } from './plan-ahead.ts';
import type { Supergraph } from './supergraph.ts';
import { startToyGraph, type ToyGraph } from './testing/toy-gateway.ts';

const ACROSS = 'query Across { tickets(first: 2) { edges { node { requester { name } } } } }';
const TWO = 'query One { viewer { name } } query Two { slow }';

let graph: ToyGraph;
beforeAll(async () => {
  graph = await startToyGraph();
});
afterAll(() => graph.stop());

/** How many operations of a document have no plan yet. */
function unplanned(supergraph: Supergraph, text: string): number {
  const document = supergraph.document(text);
  if (!('operations' in document)) throw new Error('it is refused');
  return document.operations.filter((operation) => supergraph.plan(operation, {}) instanceof Promise).length;
}

test('what is stored is planned before anybody asks; what is refused holds up nothing', async () => {
  expect(await planAhead(graph.supergraph, ['{ nothing }', ACROSS, '{', TWO], () => true)).toBe(3);
  expect([unplanned(graph.supergraph, ACROSS), unplanned(graph.supergraph, TWO)]).toEqual([0, 0]);
});

test('it ends when another graph or other documents have come', async () => {
  let asked = 0;
  const texts = ['{ slow }', '{ viewer { name email } }', '{ viewer { id } }'];
  expect(await planAhead(graph.supergraph, texts, () => ++asked < 2)).toBe(1);
  expect(unplanned(graph.supergraph, '{ viewer { id } }')).toBe(1);
});
