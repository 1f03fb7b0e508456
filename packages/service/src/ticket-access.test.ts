import { TicketAccess } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ConsumerTestbed, consumerTestbed } from './consumer-testbed.ts';
import { keepTicketAccess, type TicketAccessRow, ticketAccessConsumer } from './ticket-access.ts';

let bed: ConsumerTestbed;
beforeEach(async () => {
  bed = await consumerTestbed(process.env.TEST_DATABASE_ADMIN_URL);
});
afterEach(() => bed.close());

const facts = (version: number, over: Partial<TicketAccessRow> = {}): TicketAccessRow => ({
  ticketId: 'tkt_1',
  organizationId: 'org_1',
  requesterId: 'con_1',
  groupId: `grp_${version}`,
  restricted: false,
  analystIds: [],
  version,
  ...over,
});
const kept = async (): Promise<TicketAccessRow[]> =>
  (
    await bed.pool.query(
      'select ticket_id as "ticketId", organization_id as "organizationId", requester_id as "requesterId", group_id as "groupId", restricted, analyst_ids as "analystIds", version from ticket_access',
    )
  ).rows;

test('AN_OLDER_VERSION_NEVER_OVERWRITES, whatever the order of arrival, one by one or together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 }), fc.nat(5), async (versions, alone) => {
      await bed.pool.query('delete from ticket_access');
      for (const version of versions.slice(0, alone)) await keepTicketAccess(bed.em(), [facts(version)]);
      await keepTicketAccess(
        bed.em(),
        versions.slice(alone).map((version) => facts(version)),
      );
      expect(await kept()).toEqual([facts(Math.max(...versions))]);
    }),
    { numRuns: 20 },
  );
});

test('all facts are kept: analysts, no group, restriction', async () => {
  const row = facts(3, { groupId: null, restricted: true, analystIds: ['ana_1', 'ana_2'] });
  await keepTicketAccess(bed.em(), [row]);
  expect(await kept()).toEqual([row]);
});

test('it is kept from every published version of ticket.access', async () => {
  const samples = goldenSamples('tickets').filter(({ type }) => type === TicketAccess.type);
  expect(samples.length).toBeGreaterThan(0);
  await bed.publish(...samples.map((sample, index) => ({ ...sample, position: index + 1 })));
  bed.consume({ consumers: [ticketAccessConsumer] });
  await bed.reached(samples.length);
  const [row] = await kept();
  expect(row).toMatchObject({
    ticketId: samples[0]?.aggregate,
    organizationId: samples[0]?.data.organizationId,
    analystIds: samples[0]?.data.analystIds,
  });
});
