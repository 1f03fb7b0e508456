import type { ArchiveKind } from './archive-entry.ts';
import { inspectGzip } from './gzip.ts';
import { inspectRar } from './rar.ts';
import { Unpacking } from './unpacking.ts';
import { inspectZip } from './zip.ts';

/** Looks into an archive and everything nested in it, keeping nothing. `room` is where nested archives may lie meanwhile. */
export function inspectArchive(
  path: string,
  kind: ArchiveKind,
  about: { packed: number; room: string; signal: AbortSignal },
): Promise<void> {
  return look(path, kind, new Unpacking({ ...about, look }), 1);
}

function look(path: string, kind: ArchiveKind, unpacking: Unpacking, depth: number): Promise<void> {
  if (kind === 'ZIP') return inspectZip(path, unpacking, depth);
  if (kind === 'RAR') return inspectRar(path, unpacking);
  return inspectGzip(path, unpacking, depth);
}
