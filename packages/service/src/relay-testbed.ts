import type { Envelope } from '@atende/events';
import { JetStreamBus } from './bus.jetstream.ts';
import type { StreamState } from './bus.ts';
import { envelopeOf } from './event.ts';
import { type EventTestbed, eventTestbed, silent, TestEvent, until } from './event-testbed.ts';
import { newId } from './ids.ts';
import { type RelayOptions, type RunningRelay, startRelay } from './relay.ts';
import { RelayLedger } from './relay-ledger.ts';

export const service = 'tickets';

/** A database of its own and a stream of its own on the run's nats-server, with relays between them. */
export interface RelayTestbed extends EventTestbed {
  bus: JetStreamBus;
  streamName: string;
  subjects: string;
  /** Another connection to the same stream. */
  open(): Promise<JetStreamBus>;
  /** Starts a relay that looks often. */
  relay(over?: Partial<RelayOptions>): RunningRelay;
  /** The last event of the stream; null also while the stream is being made anew. */
  last(): Promise<StreamState['last']>;
  /** Resolves when so many (default: all) events are published. */
  published(amount?: number): Promise<void>;
  /** Everything that the stream holds, in its order. */
  stream(): Promise<Envelope[]>;
}

export async function relayTestbed(adminUrl = '', natsUrl = ''): Promise<RelayTestbed> {
  const bed = await eventTestbed(adminUrl);
  const prefix = newId('rly').replace('_', '-');
  const relays: RunningRelay[] = [];
  const buses: JetStreamBus[] = [];
  const open = async (): Promise<JetStreamBus> => {
    const bus = new JetStreamBus({ url: natsUrl, prefix, name: 'test', log: silent });
    await bus.connected();
    buses.push(bus);
    return bus;
  };
  const bus = await open();
  const last: RelayTestbed['last'] = async () => (await bus.state(service).catch(() => null))?.last ?? null;
  return {
    ...bed,
    bus,
    streamName: `${prefix}-${service}`,
    subjects: `${prefix}.${service}.>`,
    open,
    last,
    relay: (over = {}) => {
      const started = startRelay({ service, databaseUrl: bed.url, bus, log: silent, pollMs: 20, checkMs: 50, ...over });
      relays.push(started);
      return started;
    },
    published: async (amount) => {
      const all = amount ?? (await bed.em().count(TestEvent, {}));
      await until(async () => (await last())?.position === all);
    },
    stream: async () => {
      const { sequence } = await bus.state(service);
      const held: Envelope[] = [];
      const stop = new AbortController();
      const read = async (batch: readonly Envelope[]): Promise<void> => {
        held.push(...batch);
        if (held.length >= sequence) stop.abort();
      };
      if (sequence > 0) await bus.consume(service, newId('tst'), null, read, stop.signal);
      return held;
    },
    close: async () => {
      await Promise.all(relays.map((one) => one.stop()));
      await bus.reset(service);
      await Promise.all(buses.map((one) => one.close()));
      await bed.close();
    },
  };
}

/**
 * Throws unless the stream is the event table: positions from 1 without a gap, versions in order inside each aggregate.
 */
export async function expectStreamToBeTheTable(bed: RelayTestbed): Promise<void> {
  const rows = await bed.em().find(TestEvent, {}, { orderBy: { position: 'asc' } });
  const { epoch } = await new RelayLedger(bed.pool, 'test', 1).place();
  const versions = new Map<string, number>();
  for (const [index, { position, aggregate, version }] of rows.entries()) {
    if (position !== index + 1) throw new Error(`position ${position} stands where ${index + 1} should`);
    if (version !== (versions.get(aggregate) ?? 0) + 1) throw new Error(`version ${version} of ${aggregate} is out of order`);
    versions.set(aggregate, version);
  }
  const table = JSON.stringify(rows.map((row) => envelopeOf(row, service, epoch)));
  const stream = JSON.stringify(await bed.stream());
  if (canonical(table) !== canonical(stream)) throw new Error(`the stream is not the table:\n${stream}\n${table}`);
}

// jsonb has an order of keys of its own.
const canonical = (json: string): string =>
  JSON.stringify(JSON.parse(json), (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
