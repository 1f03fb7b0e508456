import { type Envelope, TicketAssigned } from '@atende/events';
import { MemoryBus } from './bus.memory.ts';
import type { Bus } from './bus.ts';
import { type Consumer, on } from './consumer.ts';
import { ParkedEvent } from './consumer-parked.ts';
import { ConsumerPosition } from './consumer-position.ts';
import { type ConsumersOptions, type RunningConsumers, startConsumers } from './consumer-run.ts';
import { type EventTestbed, eventTestbed, sampleEnvelope, silent, ticketId, until } from './event-testbed.ts';

/** A database of its own that consumes the events of `tickets` from a bus in memory. */
export interface ConsumerTestbed extends EventTestbed {
  bus: Bus;
  /** The time of the consumers' clock. */
  now: Date;
  pass(ms: number): void;
  /** Ids of tickets whose events have no effect but an error. */
  broken: Set<string>;
  /** The effect of an event here: a row, in the transaction of its inbox row. */
  effect: Consumer;
  effects(ticket?: string): Promise<[ticket: string, version: number][]>;
  consume(over?: Partial<ConsumersOptions>): RunningConsumers;
  publish(...events: Envelope[]): Promise<void>;
  /** Resolves when the place reached is there. */
  reached(position: number): Promise<void>;
  parked(): Promise<ParkedEvent[]>;
}

export async function consumerTestbed(adminUrl = ''): Promise<ConsumerTestbed> {
  const own = await eventTestbed(adminUrl);
  await own.pool.query('create table effect (id serial primary key, ticket text, version int)');
  const running: RunningConsumers[] = [];
  const bed: ConsumerTestbed = {
    ...own,
    bus: new MemoryBus(),
    now: new Date('2026-11-21T12:00:01.000Z'),
    pass: (ms) => {
      bed.now = new Date(bed.now.getTime() + ms);
    },
    broken: new Set(),
    effect: on(TicketAssigned, async (event, { em }) => {
      await em.execute('insert into effect (ticket, version) values (?, ?)', [event.aggregate, event.version]);
      if (bed.broken.has(event.aggregate)) throw new Error('the effect is impossible');
    }),
    effects: async (ticket) => {
      const { rows } = await own.pool.query('select ticket, version from effect order by id');
      return rows.filter((row) => !ticket || row.ticket === ticketId(ticket)).map((row) => [row.ticket, row.version]);
    },
    consume: (over = {}) => {
      const clock = { now: () => bed.now };
      const options = { service: 'attachments', consumers: [bed.effect], bus: bed.bus, forWorker: own.em, clock, log: silent };
      const started = startConsumers({ ...options, leaseMs: 300, retryMs: 10, ...over });
      running.push(started);
      return started;
    },
    publish: async (...events) => {
      const { sequence } = await bed.bus.state('tickets');
      const outcome = await bed.bus.publish('tickets', events, { lastSequence: sequence });
      if (outcome !== 'PUBLISHED') throw new Error(outcome);
    },
    reached: (position) => until(async () => (await own.em().findOne(ConsumerPosition, 'tickets'))?.position === position),
    parked: () => own.em().find(ParkedEvent, {}, { orderBy: { version: 'asc' } }),
    close: async () => {
      await Promise.all(running.map((one) => one.stop()));
      await bed.bus.close();
      await own.close();
    },
  };
  return bed;
}

/** The event that gave version `version` of a ticket, at a position of the stream. */
export const assignedAt = (position: number, ticket: string, version: number, over: Partial<Envelope> = {}): Envelope => ({
  ...sampleEnvelope,
  id: `evt_${ticket}_${version}`,
  aggregate: ticketId(ticket),
  version,
  position,
  ...over,
});
