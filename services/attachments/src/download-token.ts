import type { Viewer } from '@atende/service';
import { z } from 'zod';
import { type FilesKey, seconds } from './files-key.ts';

const DOWNLOAD_AUDIENCE = 'atende-download';
export const DOWNLOAD_LIFETIME = 300_000; // 5 minutes

const claims = z.object({ attachmentId: z.string(), personId: z.string(), sessionId: z.string().nullable() });
export type DownloadGrant = z.infer<typeof claims>;

/** A grant to download one file, for one person, within the life of the session it was given to. */
export const signDownload = (key: FilesKey, attachmentId: string, { personId, sessionId }: Viewer, now: Date): Promise<string> =>
  key.sign(DOWNLOAD_AUDIENCE, { attachmentId, personId, sessionId, iat: seconds(now), exp: seconds(now) + DOWNLOAD_LIFETIME / 1000 });

export async function readDownload(key: FilesKey, token: string, now: Date): Promise<DownloadGrant | null> {
  const parsed = claims.safeParse(await key.verify(DOWNLOAD_AUDIENCE, token, now));
  return parsed.success ? parsed.data : null;
}
