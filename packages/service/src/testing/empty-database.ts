import { randomBytes } from 'node:crypto';
import { type ProvisionedUrls, provisionDatabase } from '../provision.ts';
import { askAs } from './ask-as.ts';

/** A database of the toys that nobody has migrated yet. */
export async function emptyDatabase(adminUrl: string): Promise<{ urls: ProvisionedUrls } & AsyncDisposable> {
  const database = `test_toys_empty_${randomBytes(6).toString('hex')}`;
  const passwords = { owner: 'test', app: 'test', worker: 'test' };
  const urls = await provisionDatabase({ adminUrl, name: 'toys', database, passwords });
  return { urls, [Symbol.asyncDispose]: async () => void (await askAs(adminUrl, `drop database "${database}" with (force)`)) };
}
