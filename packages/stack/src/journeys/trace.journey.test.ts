import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CollectedSpan, type Collector, startCollector } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { isOf, metricsTable } from '../observability/metrics-table.ts';
import { type Printed, printed } from '../observability/printed.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, fill } from './filling.ts';
import { type Person, Portal } from './portal.ts';

const REQUEST = 'req_one_click_of_brunos';
const TRACE = '7ace0000000000000000000000000001';
const CLICK = 'c11c000000000001'; // the browser's own span
const ASKED = { OTEL_BSP_SCHEDULE_DELAY: '100', LOG_LEVEL: 'debug' };

const OPEN = 'mutation OpenOne($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } errors { code field message } } }';
const WATCH = 'subscription WatchAll { ticketsChanged { type ticket { number requester { name } } } }';

let collector: Collector;
let stack: Stack;
beforeAll(async () => {
  collector = await startCollector();
  // The launcher hands both on to every process.
  Object.assign(process.env, ASKED, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
});
withStack(
  (started) => {
    stack = started;
  },
  { gateway: {} }, // with budgets: their figures are part of the guide
);
afterAll(async () => {
  for (const name of [...Object.keys(ASKED), 'OTEL_EXPORTER_OTLP_ENDPOINT']) delete process.env[name];
  await collector[Symbol.asyncDispose]();
});

/** The first push of a subscription that says so, whole. */
function pushed(person: Person, type: string): { open: Promise<void>; frame: Promise<{ extensions?: unknown }>; close(): void } {
  const opened = Promise.withResolvers<void>();
  const frame = Promise.withResolvers<{ extensions?: unknown }>();
  const client = createClient({
    url: `${stack.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${person.accessToken}` },
    on: { connected: () => opened.resolve() },
  });
  client.subscribe<{ ticketsChanged: { type: string } }>(
    { query: WATCH },
    {
      next: (result) => result.data?.ticketsChanged.type === type && frame.resolve(result),
      error: frame.reject,
      complete: () => frame.reject(new Error('the subscription ended')),
    },
  );
  return { open: opened.promise, frame: frame.promise, close: () => void client.dispose() };
}

/** What a process logged under the trace. */
async function linesOf(process: string): Promise<{ msg: string; requestId: string; traceId: string }[]> {
  const text = await readFile(join(stack.dataDir, 'logs', `${process}.log`), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('{') && line.includes(TRACE));
  return lines.map((line) => JSON.parse(line));
}

describe('one click', () => {
  const WAY = [
    'gateway: mutation OpenOne',
    'gateway: fetch tickets',
    'tickets: POST /graphql',
    'tickets: commit ticket.opened',
    'tickets: publish ticket.opened',
    'attachments: handle ticket.opened',
    'gateway: push ticket.opened',
    'gateway: subscription WatchAll',
  ];
  const ofTrace = (spans: readonly CollectedSpan[]) => spans.filter(({ traceId }) => traceId === TRACE);
  const titles = (spans: readonly CollectedSpan[]) => spans.map(({ service, name }) => `${service}: ${name}`);

  it('opens a ticket, and everybody who watches is pushed the id of the request', async () => {
    const portal = new Portal(stack.url);
    const [bruno, carla] = [await portal.as('bruno@acme.example'), await portal.as('carla@support.example')];
    const watching = pushed(carla, 'OPENED');
    await watching.open;
    const filled = await fill(bruno, 'value-added.cloud', { subject: 'Servidor parado' });
    const { data } = await bruno.ask(
      OPEN,
      { input: { clientKey: clientKey(), ...filled } },
      { 'x-request-id': REQUEST, traceparent: `00-${TRACE}-${CLICK}-00` },
    );
    expect(data.openTicket.errors).toEqual([]);
    expect((await watching.frame).extensions).toMatchObject({ requestId: REQUEST });
    watching.close();
  });

  it('is one trace, from the gateway through commit, stream and consumer to the push, under one request id', async () => {
    const spans = await collector.until((all) => {
      const found = ofTrace(all);
      return WAY.every((title) => titles(found).includes(title)) ? found : undefined;
    });
    const ids = new Set([CLICK, ...spans.map(({ spanId }) => spanId)]);
    for (const { service, name, parentSpanId = 'none', facts } of spans)
      expect([service, name, ids.has(parentSpanId), facts['atende.request_id']]).toEqual([service, name, true, REQUEST]);
    const under = (title: string) => {
      const span = spans.find(({ service, name }) => `${service}: ${name}` === title);
      const parent = spans.find(({ spanId }) => spanId === span?.parentSpanId);
      return parent ? `${parent.service}: ${parent.name}` : span?.parentSpanId;
    };
    expect(WAY.map(under)).toEqual([
      CLICK,
      'gateway: mutation OpenOne',
      'gateway: fetch tickets',
      'tickets: POST /graphql',
      'tickets: POST /graphql',
      'tickets: POST /graphql',
      'tickets: POST /graphql',
      'gateway: push ticket.opened',
    ]);
  });

  it.each(['gateway', 'tickets', 'attachments'])('is to be found in the log of %s by either id', async (process) => {
    const lines = await linesOf(process);
    const expected = WAY.filter((title) => title.startsWith(`${process}: `)).map((title) => title.slice(process.length + 2));
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(expected));
    expect(new Set(lines.map(({ requestId }) => requestId))).toEqual(new Set([REQUEST]));
  });
});

describe('the figures', () => {
  const table = metricsTable();
  let figures: Map<string, Printed[]>;
  beforeAll(async () => {
    const processes = stack.processes.filter(({ probeUrl }) => probeUrl);
    const read = async ({ name, probeUrl }: { name: string; probeUrl: string | undefined }) =>
      [name, printed(await (await fetch(`${probeUrl}/metrics`)).text())] as const;
    figures = new Map(await Promise.all(processes.map(read)));
  });

  it('that processes print are those of the guide, with its types, labels and buckets', () => {
    for (const [process, metrics] of figures) {
      for (const { name, type, labels, bounds } of metrics) {
        const described = table.get(name);
        if (!described && !name.startsWith('atende_')) continue; // the runtime's own, of which the guide names those we look at
        expect([process, name, described && isOf(described, process)]).toEqual([process, name, true]);
        expect([name, type, labels ?? described?.labels.toSorted()]).toEqual([name, described?.type, described?.labels.toSorted()]);
        if (bounds) expect([name, bounds]).toEqual([name, described?.bounds]);
      }
    }
  });

  it('of the guide are printed by the processes it names, each with its own label once something happened', () => {
    const lacking = [...figures].flatMap(([process, metrics]) => {
      const names = new Set(metrics.map(({ name }) => name));
      return [...table.values()].filter((row) => isOf(row, process) && !names.has(row.name)).map((row) => `${process}: ${row.name}`);
    });
    expect(lacking).toEqual([]);
    const silent = [...table.values()].filter(({ name }) => ![...figures.values()].flat().some((one) => one.name === name && one.labels));
    // Nothing of the kind has happened on this way.
    expect(silent.map(({ name }) => name).filter((name) => !QUIET.includes(name))).toEqual([]);
  });

  const QUIET = [
    'atende_gateway_operation_errors_total',
    'atende_gateway_breaker',
    'atende_gateway_rate_limited_total',
    'atende_gateway_subscriptions_ended_total',
    'atende_events_stream_rebuilds_total',
  ];
});
