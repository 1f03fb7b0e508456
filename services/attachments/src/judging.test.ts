import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLog } from '@atende/service';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FilesRoom } from './files-room.ts';
import { Judging } from './judging.ts';
import { png } from './testing/samples.ts';
import { bruno, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
});
afterAll(() => bed[Symbol.asyncDispose]());

/** A judge beside the service's own, ahead of it by an hour, in a room where copying goes as the test says. */
async function judgeWhere(quarantine: FilesRoom['quarantine'], ahead = 3_600_000): Promise<Judging> {
  const room = Object.assign(Object.create(await FilesRoom.open(bed.files)), { quarantine }) as FilesRoom;
  const clock = { now: () => new Date(bed.service.clock.now().getTime() + ahead) };
  return new Judging({ forWorker: () => bed.service.worker(), clock, room, log: makeLog('test', 'silent') });
}

/** A complete upload that only a judge with that clock may take. */
async function waiting(): Promise<string> {
  const { id } = await bed.announce(bruno, { fileName: 'print.png', size: png.length });
  await writeFile(join(bed.files, 'uploads', id), png);
  const until = new Date(bed.service.clock.now().getTime() + 1_800_000);
  await bed.service
    .worker()
    .execute("update attachment set status = 'QUARANTINED', completed_at = ?, judge_until = ? where id = ?", [until, until, id]);
  return id;
}

const lease = async (id: string) =>
  (
    await bed.service
      .worker()
      .execute('select status, judge_tries as tries, judge_until is null as free from attachment where id = ?', [id])
  )[0];

it('a file that somebody is judging is left to them', async () => {
  const id = await waiting();
  let begun = false;
  const quarantine = async () => {
    begun = true;
    throw new Error('it was taken');
  };
  await (await judgeWhere(quarantine, 1_799_999)).judge(id);
  expect([begun, await lease(id)]).toEqual([false, { status: 'QUARANTINED', tries: 0, free: false }]);
  await (await judgeWhere(quarantine, 1_800_000)).judge(id);
  expect(begun).toBe(true);
});

it('a full disk is not the file’s fault: the try does not count', async () => {
  const id = await waiting();
  const judging = await judgeWhere(() => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })));
  await judging.judge(id);
  expect(await lease(id)).toEqual({ status: 'QUARANTINED', tries: 0, free: false });
});

it('what cannot be explained counts', async () => {
  const id = await waiting();
  const judging = await judgeWhere(() => Promise.reject(new Error('who knows')));
  await judging.judge(id);
  expect(await lease(id)).toEqual({ status: 'QUARANTINED', tries: 1, free: false });
});

it('a service that stops lets go of the file, and another judges it at once', async () => {
  const id = await waiting();
  let begun = (): void => undefined;
  const copying = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const judging = await judgeWhere(async (_id, _judge, signal) => {
    begun();
    await once(signal, 'abort');
    return signal.throwIfAborted() as never;
  });
  const work = judging.judge(id);
  await copying;
  await judging.stop();
  await work;
  await bed.judged(bruno, id);
  expect(await lease(id)).toEqual({ status: 'AVAILABLE', tries: 1, free: true });
});
