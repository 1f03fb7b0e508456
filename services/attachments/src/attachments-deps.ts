import type { Clock, Log, Trail, Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FilesKey } from './files-key.ts';
import type { FilesRoom } from './files-room.ts';
import type { Judging } from './judging.ts';

/** What the service's parts are wired from. */
export interface AttachmentsDeps {
  /** The gateway's origin, without a slash at its end. */
  publicUrl: string;
  key: FilesKey;
  room: FilesRoom;
  judging: Judging;
  clock: Clock;
  log: Log;
  trail: Trail;
  forWorker(): EntityManager;
  forViewer(viewer: Viewer): EntityManager;
}
