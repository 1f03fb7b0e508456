import { expect, it } from '@jest/globals';
import { UploadLocker } from './upload-locker.ts';

const never = new AbortController().signal;

it('a second request asks the first to let go, and has the lock when it did', async () => {
  const locker = new UploadLocker();
  const first = locker.newLock('a');
  let asked = 0;
  await first.lock(never, () => void asked++);
  const said: string[] = [];
  const second = locker
    .newLock('a')
    .lock(never, () => undefined)
    .then(() => said.push('second has it'));
  await Promise.resolve();
  expect(asked).toBe(1);
  said.push('first lets go');
  await first.unlock();
  await second;
  expect(said).toEqual(['first lets go', 'second has it']);
});

it('of several that wait one has it at a time', async () => {
  const locker = new UploadLocker();
  let holders = 0;
  let most = 0;
  const work = async () => {
    const lock = locker.newLock('a');
    await lock.lock(never, () => undefined);
    most = Math.max(most, ++holders);
    await new Promise(setImmediate);
    holders--;
    await lock.unlock();
  };
  await Promise.all(Array.from({ length: 10 }, work));
  expect(most).toBe(1);
});

it('other uploads are not in the way', async () => {
  const locker = new UploadLocker();
  await locker.newLock('a').lock(never, () => undefined);
  await locker.newLock('b').lock(never, () => undefined);
});

it('who gives up while waiting does not have it', async () => {
  const locker = new UploadLocker();
  const first = locker.newLock('a');
  await first.lock(never, () => undefined);
  const giveUp = new AbortController();
  const second = locker.newLock('a').lock(giveUp.signal, () => undefined);
  const refused = expect(second).rejects.toMatchObject({ status_code: 500 });
  await new Promise(setImmediate);
  giveUp.abort();
  await refused;
  await first.unlock();
  await locker.newLock('a').lock(never, () => undefined);
});
