import { TicketAccess, TicketAssigned } from '@atende/events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { JetStreamBus } from './bus.jetstream.ts';
import type { OnBatch } from './bus.ts';
import { delegate } from './bus-testbed.ts';
import { on, onAll } from './consumer.ts';
import { LeaseLost } from './consumer-lease.ts';
import { ConsumerPosition } from './consumer-position.ts';
import type { ConsumerObserver } from './consumer-stream.ts';
import { assignedAt as assigned, type ConsumerTestbed, consumerTestbed } from './consumer-testbed.ts';
import { decodeCursor } from './event-cursor.ts';
import { silent, ticketId, until } from './event-testbed.ts';
import { newId } from './ids.ts';
import { Inbox } from './inbox.ts';
import { makeLog } from './log.ts';
import { tellTraces } from './tracing.ts';

let bed: ConsumerTestbed;
beforeEach(async () => {
  bed = await consumerTestbed(process.env.TEST_DATABASE_ADMIN_URL);
});
afterEach(() => bed.close());

describe('consuming', () => {
  test('each event has its effect once, in order, with its inbox row', async () => {
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'b', 1), assigned(3, 'a', 2));
    bed.consume();
    await bed.reached(3);
    expect(await bed.effects()).toEqual([
      [ticketId('a'), 1],
      [ticketId('b'), 1],
      [ticketId('a'), 2],
    ]);
    expect(await bed.em().count(Inbox, {})).toBe(3);
  });

  test('A_REDELIVERED_EVENT_HAS_NO_SECOND_EFFECT, not even in a new epoch', async () => {
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    bed.consume();
    await bed.reached(2);
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    await bed.bus.reset('tickets');
    await bed.publish(assigned(1, 'a', 1, { epoch: 'two' }), assigned(2, 'a', 2, { epoch: 'two' }), assigned(3, 'a', 3, { epoch: 'two' }));
    await bed.reached(3);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2, 3]);
  });

  test('unknown and unwanted events are passed by and counted', async () => {
    const seen: string[] = [];
    const places: number[] = [];
    const observe: ConsumerObserver = {
      consumed: ({ type }, outcome) => seen.push(`${type} ${outcome}`),
      reached: (_, position) => places.push(position),
    };
    await bed.publish(
      assigned(1, 'a', 1, { type: 'ticket.teleported' }),
      assigned(2, 'a', 2, { type: 'ticket.cancelled' }),
      assigned(3, 'a', 3, { data: { ...assigned(3, 'a', 3).data, since: 'v2' } }),
    );
    bed.consume({ observe });
    await bed.reached(3);
    expect(seen).toEqual(['ticket.teleported UNKNOWN', 'ticket.cancelled NOT_WANTED', 'ticket.assigned HANDLED']);
    expect(places.at(-1)).toBe(3);
    expect(await bed.em().count(Inbox, {})).toBe(1);
  });

  test('what an event leads to goes on in its trace', async () => {
    const lines: Record<string, unknown>[] = [];
    const tracer = tellTraces(makeLog('attachments', 'debug', { write: (line) => lines.push(JSON.parse(line)) }), null);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const handed: unknown[] = [];
    const effect = on(TicketAssigned, (event) => void handed.push(event.traceparent?.slice(0, 35), event.traceparent === traceparent));
    await bed.publish(assigned(1, 'a', 1, { traceparent }), assigned(2, 'a', 2));
    bed.consume({ tracer, consumers: [effect] });
    await bed.reached(2);
    expect(handed).toEqual([traceparent.slice(0, 35), false, undefined, false]);
    expect(lines).toMatchObject([{ msg: 'handle ticket.assigned', traceId: 'a'.repeat(32), parentId: 'b'.repeat(16) }]);
  });

  test('what has its effect together is handed over together, after what is done for each', async () => {
    const calls: string[] = [];
    const together = onAll(TicketAssigned, (events) => void calls.push(`all of ${events.map(({ version }) => version)}`));
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'b', 1), assigned(3, 'a', 2));
    bed.consume({ consumers: [together, on(TicketAssigned, ({ version }) => void calls.push(`one of ${version}`))] });
    await bed.reached(3);
    expect(calls).toEqual(['one of 1', 'one of 1', 'one of 2', 'all of 1,1,2']);
  });

  test('one event that spoils it for all is put aside alone', async () => {
    const together = onAll(TicketAssigned, async (events, { em }) => {
      await em.execute('insert into effect (ticket, version) select * from jsonb_to_recordset(?::jsonb) as e(ticket text, version int)', [
        JSON.stringify(events.map(({ aggregate: ticket, version }) => ({ ticket, version }))),
      ]);
      if (events.some(({ aggregate }) => bed.broken.has(aggregate))) throw new Error('the effect is impossible');
    });
    bed.broken.add(ticketId('b'));
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'b', 1), assigned(3, 'a', 2));
    bed.consume({ consumers: [together] });
    await bed.reached(3);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2]);
    expect(await bed.parked()).toMatchObject([{ aggregate: ticketId('b') }]);
  });

  test('a handler gets the event typed, with the fields it does not know, and the time of the clock', async () => {
    const got: unknown[] = [];
    const watch = on(TicketAssigned, async (event, context) => void got.push([event.data.toStatus, event.data.since, context.now]));
    await bed.publish(assigned(1, 'a', 1, { data: { ...assigned(1, 'a', 1).data, since: 'v2' } }));
    bed.consume({ consumers: [watch] });
    await bed.reached(1);
    expect(got).toEqual([['NEW', 'v2', bed.now]]);
  });

  test('of two replicas one consumes; when it is gone the other goes on', async () => {
    const first = bed.consume();
    await bed.publish(assigned(1, 'a', 1));
    await bed.reached(1);
    bed.consume();
    await first.stop();
    await bed.publish(assigned(2, 'a', 2));
    await bed.reached(2);
    expect(await bed.effects()).toHaveLength(2);
  });

  test('an idle replica keeps its lease', async () => {
    const leaseUntil = async (): Promise<number> => (await bed.em().findOne(ConsumerPosition, 'tickets'))?.leaseUntil?.getTime() ?? 0;
    await bed.publish(assigned(1, 'a', 1));
    bed.consume();
    await bed.reached(1);
    const before = await leaseUntil();
    await until(async () => (await leaseUntil()) > before);
  });

  test('a paused replica that comes back commits nothing', async () => {
    const arrived = Promise.withResolvers<void>();
    const woken = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    // Stands still between the arrival of a batch and its commit, and does not renew its lease.
    const paused = delegate(bed.bus, {
      consume: (service, durable, after, onBatch, signal) => {
        const standStill: OnBatch = async (events) => {
          arrived.resolve();
          await woken.promise;
          await onBatch(events).catch(late.resolve);
          late.resolve('committed');
        };
        return bed.bus.consume(service, durable, after, standStill, signal);
      },
    });
    await bed.publish(assigned(1, 'a', 1));
    bed.consume({ bus: paused, leaseMs: 60_000 });
    await arrived.promise;
    await bed.pool.query('update consumer_position set lease_until = now()');
    bed.consume();
    await bed.publish(assigned(2, 'a', 2));
    await bed.reached(2);
    woken.resolve();
    expect(await late.promise).toBeInstanceOf(LeaseLost);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2]);
    expect(await bed.em().findOne(ConsumerPosition, 'tickets')).toMatchObject({ position: 2 });
  });
});

describe('gaps', () => {
  test('a gap is filled from the feed of the owner before it goes on', async () => {
    const all = [1, 2, 3, 4].map((version) => assigned(version, 'a', version));
    const asked: unknown[] = [];
    await bed.publish(...all.slice(0, 1));
    bed.consume({
      feed: async (owner, after, first) => {
        const from = after ? decodeCursor(after) : null;
        asked.push([owner, from?.position, first > 0]);
        return { epoch: 'one', position: 4, events: all.filter(({ position }) => position > (from?.position ?? 0)).slice(0, 2) };
      },
    });
    await bed.reached(1);
    await bed.publish(...all.slice(3));
    await bed.reached(4);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([
      ['tickets', 1, true],
      ['tickets', 3, true],
    ]);
  });

  test('a new service reads from the feed what the stream no longer holds', async () => {
    const all = [1, 2, 3].map((version) => assigned(version, 'a', version));
    await bed.publish(...all.slice(2));
    bed.consume({ feed: async () => ({ epoch: 'one', position: 3, events: all }) });
    await bed.reached(3);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2, 3]);
  });

  test('without a feed nothing is skipped: it waits for the stream to be rebuilt', async () => {
    const said: string[] = [];
    await bed.publish(assigned(2, 'a', 2));
    bed.consume({ log: pino({ level: 'warn' }, { write: (line) => said.push(line) }) });
    await until(() => said.some((line) => line.includes('events 1 to 1 are no longer in the stream and there is no feed to ask')));
    await bed.bus.reset('tickets');
    await bed.publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    await bed.reached(2);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2]);
  });
});

describe('on a real JetStream', () => {
  test('its store wiped under way: what is published again has no second effect, and nothing is missed', async () => {
    await bed.bus.close();
    bed.bus = new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix: newId('cns').replace('_', '-'), name: 'test', log: silent });
    await (bed.bus as JetStreamBus).connected();
    const all = [1, 2, 3, 4, 5].map((version) => assigned(version, 'a', version));
    await bed.publish(...all.slice(0, 3));
    bed.consume();
    await bed.reached(3);
    await bed.bus.reset('tickets');
    await bed.publish(...all);
    await bed.reached(5);
    expect((await bed.effects()).map(([, version]) => version)).toEqual([1, 2, 3, 4, 5]);
    await bed.bus.reset('tickets');
  });
});

test('on() names the event it reacts to', () => {
  expect(on(TicketAccess, () => {}).event.type).toBe('ticket.access');
});
