import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';
import type { Unpacking } from './unpacking.ts';

/** Unpacks a gzip to nowhere: it must end, stay in bounds, and hide nothing. */
export async function inspectGzip(path: string, unpacking: Unpacking, depth: number): Promise<void> {
  const content = createGunzip();
  const unpacked = pipeline(createReadStream(path), content, () => {
    // The reader below gets the error from `content` itself.
  });
  try {
    await unpacking.examine(unpacked, depth);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw new Refusal('BROKEN_ARCHIVE');
    throw error;
  } finally {
    unpacked.destroy();
  }
}
