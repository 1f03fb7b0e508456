import { type CollectedSpan, type Collector, startCollector } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { disconnectAll, next, watch } from './testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { happen } from './testing/toy-live.ts';
import { ANA } from './testing/toy-persons.ts';

const CLICK = { trace: 'a'.repeat(32), span: 'b'.repeat(16) }; // a browser's
const VERB = { trace: 'c'.repeat(32), span: 'd'.repeat(16) }; // a service's, as its event carries it
const ONE = 'subscription One($id: ID!) { ticketChanged(ticketId: $id) { type ticket { number requester { name } } } }';

let collector: Collector;
let house: ToyHouse;
beforeAll(async () => {
  process.env.OTEL_BSP_SCHEDULE_DELAY = '50';
  collector = await startCollector();
  house = await startToyHouse({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
});
afterAll(async () => {
  delete process.env.OTEL_BSP_SCHEDULE_DELAY;
  await disconnectAll();
  await house.stop();
  await collector[Symbol.asyncDispose]();
});

const spansOf = (trace: string) => collector.spans.filter(({ traceId }) => traceId === trace);
const named = (name: string) => (spans: readonly CollectedSpan[]) => spans.find((span) => span.name === name);

/** What a service was told last about the trace. */
const told = () => house.tickets.headers.at(-1)?.traceparent;

describe('the gateway in a trace', () => {
  test('goes on where the client began, with a part of its own for each call; whether it is recorded is not the client’s to say', async () => {
    await fetch(`${house.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'req_12345678', traceparent: `00-${CLICK.trace}-${CLICK.span}-00` },
      body: JSON.stringify({ query: 'query Detail { ticket(id: "tkt_1") { number } }' }),
    });
    const call = await collector.until(named('fetch tickets'));
    expect(told()).toBe(`00-${CLICK.trace}-${call.spanId}-01`);
    const operation = await collector.until(named('query Detail'));
    expect(operation).toMatchObject({
      service: 'gateway',
      kind: 2,
      parentSpanId: CLICK.span,
      facts: { 'atende.request_id': 'req_12345678' },
    });
    expect(call).toMatchObject({ kind: 3, traceId: CLICK.trace, parentSpanId: operation.spanId });
  });

  test('pushes in the trace of whoever caused the event: asking its owner, running each group’s operation', async () => {
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1' });
    const { requestId } = await happen(house, { type: 'SOLVED', traceparent: `00-${VERB.trace}-${VERB.span}-01` });
    expect((await next(frames)).extensions).toMatchObject({ requestId });
    const push = await collector.until(named('push ticket.solved'));
    expect(push).toMatchObject({ traceId: VERB.trace, parentSpanId: VERB.span, facts: { frames: 1, 'atende.request_id': requestId } });
    const run = await collector.until(named('subscription One'));
    expect(run).toMatchObject({ kind: 1, parentSpanId: push.spanId });
    const parents = spansOf(VERB.trace).flatMap(({ name, parentSpanId }) => (name === 'fetch tickets' ? [parentSpanId] : []));
    expect(parents.sort()).toEqual([push.spanId, run.spanId].sort());
  });

  test('begins a trace where there is none, and none for what it asks for itself', async () => {
    await happen(house, { type: 'REPLIED' }); // as a timer's
    await fetch(`${house.gateway.url}/graphql?query=${encodeURIComponent('query Fresh{ticket(id:"tkt_1"){number}}')}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    await collector.until(named('query Fresh'));
    await collector.until(named('push ticket.replied'));
    const begun = collector.spans.filter(({ parentSpanId }) => parentSpanId === undefined).map(({ name }) => name);
    expect(new Set(begun)).toEqual(new Set(['query Fresh', 'push ticket.replied', 'query anonymous'])); // the last: `watch` waits with it
  });
});
