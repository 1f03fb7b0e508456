import { goldenSamples } from '@atende/events/samples';
import { demoId, makeLog } from '@atende/service';
import { buildViewer } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consumers } from './consumers.ts';
import { png } from './testing/samples.ts';
import { accessOfBrunosTicket, ana, bruno, carla, gisele, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
  await bed.happens('ticket.access', { aggregate: ticket, data: accessOfBrunosTicket });
});
afterAll(() => bed[Symbol.asyncDispose]());

const ticket = demoId('tkt', 'bruno');
const other = demoId('tkt', 'other');
const elisa = buildViewer({ personId: demoId('per', 'elisa'), roles: ['ANALYST', 'SUPERVISOR'] });
const otavio = buildViewer({ personId: demoId('per', 'otavio'), roles: ['OMBUDSMAN'] });
const sendFile = (viewer = bruno) => bed.upload(viewer, png, { fileName: 'print.png', contentType: 'image/png' });

async function filesOf(viewer: typeof bruno, id: string): Promise<{ attachments: string[]; count: number } | null> {
  const query = 'query($of: [_Any!]!) { _entities(representations: $of) { ... on Ticket { attachments { id } attachmentCount } } }';
  const { data } = await bed.service.ask(viewer, query, { of: [{ __typename: 'Ticket', id }] });
  const [found] = data._entities;
  return found && { attachments: found.attachments.map((file: { id: string }) => file.id), count: found.attachmentCount };
}

describe('a file that came with a message', () => {
  it('belongs to the ticket from then on, in the order the files came', async () => {
    const [first, second] = [await sendFile(), await sendFile()];
    await bed.happens('ticket.opened', { aggregate: ticket, data: { attachmentIds: [first] } });
    bed.service.clock.advance(1000);
    await bed.happens('ticket.commented', { aggregate: ticket, data: { attachmentIds: [second], commentId: demoId('cmt', 'one') } });
    for (const viewer of [bruno, ana, carla, elisa])
      expect(await filesOf(viewer, ticket)).toEqual({ attachments: [first, second], count: 2 });
    expect(await bed.look(ana, first)).toMatchObject({ status: 'AVAILABLE', receipt: null, ticket: { id: ticket } });
    // Seeing a file is not writing it: its upload stays its creator's.
    expect([(await bed.patch(ana, first, png)).status, (await bed.patch(bruno, first, png)).status]).toEqual([404, 409]);
    const events = await bed.service
      .worker()
      .execute('select type, version, audience, data from event where aggregate = ? order by version', [second]);
    const linked = {
      type: 'attachment.linked',
      version: 2,
      audience: 'PUBLIC',
      data: { ticketId: ticket, commentId: demoId('cmt', 'one'), visibility: 'PUBLIC' },
    };
    expect(events).toEqual([expect.objectContaining({ type: 'attachment.stored', version: 1 }), linked]);
  });

  it('is not found by whoever does not see the ticket: absent in every way', async () => {
    const id = await sendFile();
    await bed.happens('ticket.commented', { aggregate: ticket, data: { attachmentIds: [id] } });
    for (const viewer of [gisele, otavio, buildViewer({ personId: demoId('per', 'nobody') })]) {
      expect(await bed.look(viewer, id)).toBeNull();
      expect(await filesOf(viewer, ticket)).toBeNull();
    }
  });

  it('is the staff’s alone when the message was an internal note', async () => {
    const id = await sendFile(carla);
    await bed.happens('ticket.note_added', { aggregate: ticket, audience: 'INTERNAL', data: { attachmentIds: [id] } });
    for (const viewer of [bruno, ana]) {
      expect(await bed.look(viewer, id)).toBeNull();
      expect((await filesOf(viewer, ticket))?.attachments).not.toContain(id);
    }
    for (const viewer of [carla, elisa]) expect((await filesOf(viewer, ticket))?.attachments).toContain(id);
    const [forStaff, forClient] = [await filesOf(carla, ticket), await filesOf(ana, ticket)];
    expect(forStaff?.count).toBe((forClient?.count ?? 0) + 1);
  });

  it('stays with the ticket that claimed it first', async () => {
    const id = await sendFile();
    await bed.happens('ticket.access', { aggregate: other, data: accessOfBrunosTicket });
    await bed.happens('ticket.commented', { aggregate: other, data: { attachmentIds: [id] } });
    await bed.happens('ticket.commented', { aggregate: ticket, data: { attachmentIds: [id] } });
    expect(await filesOf(bruno, other)).toEqual({ attachments: [id], count: 1 });
    expect((await filesOf(bruno, ticket))?.attachments).not.toContain(id);
  });

  it('is linked once however often its event is told', async () => {
    const id = await sendFile();
    for (const _ of [1, 2]) await bed.happens('ticket.reopened', { aggregate: ticket, data: { attachmentIds: [id] } });
    const [{ linked }] = await bed.service
      .worker()
      .execute<[{ linked: number }]>("select count(*)::int as linked from event where aggregate = ? and type = 'attachment.linked'", [id]);
    expect(linked).toBe(1);
  });

  it('cannot be claimed before its verdict', async () => {
    const { id } = await bed.announce(bruno);
    await bed.happens('ticket.commented', { aggregate: ticket, data: { attachmentIds: [id] } });
    expect(await bed.look(bruno, id)).toMatchObject({ status: 'UPLOADING', ticket: null });
  });
});

describe('who sees a ticket decides', () => {
  it('nobody, where the ticket is unknown', async () => {
    const unknown = demoId('tkt', 'unknown');
    const id = await sendFile();
    await bed.happens('ticket.commented', { aggregate: unknown, data: { attachmentIds: [id] } });
    for (const viewer of [bruno, elisa]) {
      expect(await filesOf(viewer, unknown)).toBeNull();
      expect(await bed.look(viewer, id)).toBeNull();
    }
    await bed.happens('ticket.access', { aggregate: unknown, data: accessOfBrunosTicket });
    expect(await filesOf(bruno, unknown)).toEqual({ attachments: [id], count: 1 });
  });

  it('an ombudsman ticket shows its files to its requester and the ombudsman only', async () => {
    const restricted = demoId('tkt', 'restricted');
    const id = await sendFile();
    await bed.happens('ticket.access', {
      aggregate: restricted,
      data: { ...accessOfBrunosTicket, restricted: true, groupId: demoId('grp', 'ombudsman') },
    });
    await bed.happens('ticket.opened', { aggregate: restricted, data: { attachmentIds: [id] } });
    for (const viewer of [bruno, otavio]) expect(await bed.look(viewer, id)).toMatchObject({ id });
    for (const viewer of [ana, carla, elisa]) expect(await bed.look(viewer, id)).toBeNull();
  });
});

describe('the second wall', () => {
  it('returns no foreign row with the application’s checks switched off', async () => {
    await using open = await testbed({ applicationChecks: false });
    await open.happens('ticket.access', { aggregate: ticket, data: accessOfBrunosTicket });
    const own = await open.upload(bruno, png, { fileName: 'print.png' });
    const internal = await open.upload(carla, png, { fileName: 'print.png' });
    const linked = await open.upload(bruno, png, { fileName: 'print.png' });
    await open.happens('ticket.opened', { aggregate: ticket, data: { attachmentIds: [linked] } });
    await open.happens('ticket.note_added', { aggregate: ticket, audience: 'INTERNAL', data: { attachmentIds: [internal] } });
    const seen = async (viewer: typeof bruno) =>
      Promise.all([own, linked, internal].map(async (id) => (await open.look(viewer, id)) !== null));
    expect(await seen(bruno)).toEqual([true, true, false]);
    expect(await seen(ana)).toEqual([false, true, false]);
    expect(await seen(carla)).toEqual([false, true, true]);
    expect(await seen(gisele)).toEqual([false, false, false]);
  });

  it('lets a request write nothing but what it announces and takes away', async () => {
    const id = await sendFile();
    const app = async (statement: string, values: unknown[]) => {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: bed.service.database.urls.app });
      await client.connect();
      try {
        await client.query('begin');
        await client.query("select set_config('app.person', $1, true), set_config('app.kind', 'PERSON', true)", [bruno.personId]);
        return (await client.query(statement, values)).rowCount;
      } finally {
        await client.end();
      }
    };
    await expect(app('update attachment set ticket_id = $2 where id = $1', [id, ticket])).rejects.toThrow('permission denied');
    await expect(app('update attachment set uploader_id = $2 where id = $1', [id, gisele.personId])).rejects.toThrow('permission denied');
    await expect(app("update attachment set status = 'AVAILABLE' where id = $1", [id])).rejects.toThrow('row-level security');
    await expect(app('delete from attachment where id = $1', [id])).rejects.toThrow('permission denied');
    await expect(app("insert into ticket_access values ($1, 'o', 'r', null, false, '{}', 1)", [ticket])).rejects.toThrow(
      'permission denied',
    );
    expect(await app("update attachment set status = 'DELETED' where id = $1", [demoId('att', 'absent')])).toBe(0);
  });
});

it('every published event of the house can be told to every consumer', async () => {
  const samples = goldenSamples();
  const context = { now: new Date(), log: makeLog('test', 'silent') };
  for (const sample of samples) {
    await bed.service.worker().transactional(async (em) => {
      for (const consumer of consumers) if (consumer.event.type === sample.type) await consumer.handle(sample, { ...context, em });
    });
  }
  expect(consumers.map((consumer) => consumer.event.type).filter((type) => !samples.some((sample) => sample.type === type))).toEqual([]);
});
