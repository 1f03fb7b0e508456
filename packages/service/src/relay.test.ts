import { afterEach, beforeEach, describe, test } from '@jest/globals';
import type { Bus } from './bus.ts';
import { delegate } from './bus-testbed.ts';
import { assigned, commitEvent, until } from './event-testbed.ts';
import { expectStreamToBeTheTable, type RelayTestbed, relayTestbed } from './relay-testbed.ts';

let bed: RelayTestbed;
beforeEach(async () => {
  bed = await relayTestbed(process.env.TEST_DATABASE_ADMIN_URL, process.env.TEST_NATS_URL);
});
afterEach(() => bed.close());

describe('the relay', () => {
  test('carries what is committed to the stream, woken or not', async () => {
    const { wake } = bed.relay();
    await commitEvent(bed.em(), 'a', 1);
    await bed.published();
    await commitEvent(bed.em(), 'a', 2);
    wake();
    await bed.published();
    await expectStreamToBeTheTable(bed);
  });

  test('two replicas under 8 writers: positions without a gap, each event once and in order', async () => {
    // A lease that always has run out: both number and publish all the time, and only the fence is left.
    bed.relay({ leaseMs: 0, bus: await bed.open() });
    bed.relay({ leaseMs: 0 });
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let version = 1; version <= 25; version++) await commitEvent(bed.em(), `writer ${writer}`, version);
      }),
    );
    await bed.published(200);
    await expectStreamToBeTheTable(bed);
  });

  test('a batch larger than a turn is carried whole', async () => {
    const em = bed.em();
    for (let ticket = 1; ticket <= 1_200; ticket++) assigned(em, ticket, 1);
    await em.flush();
    bed.relay();
    await bed.published(1_200);
    await expectStreamToBeTheTable(bed);
  });

  test('with the bus away events wait, and then come in order', async () => {
    const gate = switchable(bed.bus);
    gate.away = true;
    bed.relay({ bus: gate });
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await until(() => gate.refusals > 0);
    gate.away = false;
    await bed.published(3);
    await expectStreamToBeTheTable(bed);
  });

  test('a lost database connection is made again', async () => {
    bed.relay();
    await commitEvent(bed.em(), 'a', 1);
    await bed.published(1);
    await bed.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%relay%' or query like 'listen%'`,
    );
    await commitEvent(bed.em(), 'a', 2);
    await bed.published(2);
  });

  test('a replica that does not hold the lease wakes the one that does', async () => {
    // Neither would look by itself for a minute.
    const holder = bed.relay({ pollMs: 60_000, leaseMs: 60_000 });
    await commitEvent(bed.em(), 'a', 1);
    holder.wake();
    await bed.published(1);
    const idle = bed.relay({ pollMs: 60_000, leaseMs: 60_000 });
    await until(async () => (await bed.pool.query(`select from pg_stat_activity where query = 'listen atende_relay'`)).rowCount === 2);
    await commitEvent(bed.em(), 'a', 2);
    idle.wake();
    await bed.published(2);
  });

  test('a wake-up call that comes before a replica knows who holds the lease is passed on', async () => {
    const holder = bed.relay({ pollMs: 60_000, leaseMs: 60_000 });
    await commitEvent(bed.em(), 'a', 1);
    holder.wake();
    await bed.published(1);
    await commitEvent(bed.em(), 'a', 2);
    bed.relay({ pollMs: 60_000, leaseMs: 60_000 }).wake();
    await bed.published(2);
  });
});

function switchable(inner: Bus): Bus & { away: boolean; refusals: number } {
  const gate = Object.assign(
    delegate(inner, {
      state: async (...args) => {
        if (!gate.away) return inner.state(...args);
        gate.refusals++;
        throw new Error('away');
      },
    }),
    { away: false, refusals: 0 },
  );
  return gate;
}
