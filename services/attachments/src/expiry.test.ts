import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { demoId } from '@atende/service';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { keepHouse } from './expiry.ts';
import { FilesRoom } from './files-room.ts';
import { log, png } from './testing/samples.ts';
import { accessOfBrunosTicket, bruno, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeEach(async () => {
  bed = await testbed();
});
afterEach(() => bed[Symbol.asyncDispose]());

const HOUR = 3_600_000; // ms
const sendFile = () => bed.upload(bruno, png, { fileName: 'print.png' });
const houseIsKept = async () => keepHouse({ em: bed.service.worker(), clock: bed.service.clock, room: await FilesRoom.open(bed.files) });
const lies = (...path: string[]) =>
  access(join(bed.files, ...path)).then(
    () => true,
    () => false,
  );
const contentOf = (bytes: Buffer) => {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return ['content', hash.slice(0, 2), hash] as const;
};
const rows = async () => (await bed.service.worker().execute<[{ rows: number }]>('select count(*)::int as rows from attachment'))[0].rows;

it('a file that no ticket claimed is taken away after a day, not before', async () => {
  const id = await sendFile();
  bed.service.clock.advance(24 * HOUR - 1);
  await houseIsKept();
  expect(await bed.look(bruno, id)).toMatchObject({ status: 'AVAILABLE', receipt: expect.any(String) });
  bed.service.clock.advance(1);
  expect(await bed.look(bruno, id)).toMatchObject({ receipt: null });
  await houseIsKept();
  expect(await bed.look(bruno, id)).toMatchObject({ status: 'DELETED', receipt: null, downloadUrl: null });
  const [, event] = await bed.service.worker().execute('select type, data from event where aggregate = ? order by version', [id]);
  expect(event).toEqual({ type: 'attachment.deleted', data: { ticketId: null, reason: 'UNCLAIMED' } });
});

it('the claim of a ticket opened in time is honoured although it comes late', async () => {
  const id = await sendFile();
  bed.service.clock.advance(25 * HOUR);
  await houseIsKept();
  await bed.happens('ticket.access', { aggregate: demoId('tkt', 'bruno'), data: accessOfBrunosTicket });
  await bed.happens('ticket.opened', { aggregate: demoId('tkt', 'bruno'), data: { attachmentIds: [id] } });
  expect(await bed.look(bruno, id)).toMatchObject({ status: 'AVAILABLE', ticket: { id: demoId('tkt', 'bruno') } });
  bed.service.clock.advance(48 * HOUR);
  await houseIsKept();
  expect(await lies(...contentOf(png))).toBe(true);
});

it('its bytes and its row go a day after it, those of an unfinished upload at once', async () => {
  await sendFile();
  const { id: unfinished } = await bed.announce(bruno, { size: log.length });
  await bed.patch(bruno, unfinished, log.subarray(0, 10));
  bed.service.clock.advance(24 * HOUR);
  await houseIsKept();
  expect(await lies('uploads', unfinished)).toBe(false);
  expect(await lies(...contentOf(png))).toBe(true);
  expect(await rows()).toBe(1);
  bed.service.clock.advance(24 * HOUR);
  await houseIsKept();
  expect(await lies(...contentOf(png))).toBe(false);
  expect(await rows()).toBe(0);
});

it('equal files are kept once, and as long as one of them is needed', async () => {
  const [first, second] = [await sendFile(), await sendFile()];
  const takeAway = (id: string) =>
    bed.service.ask(bruno, 'mutation($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { errors { code } } }', { id });
  await takeAway(first);
  await houseIsKept();
  expect(await lies(...contentOf(png))).toBe(true);
  await takeAway(second);
  await houseIsKept();
  expect(await lies(...contentOf(png))).toBe(false);
});
