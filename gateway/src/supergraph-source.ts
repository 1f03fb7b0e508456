import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Where the supergraph's text comes from. */
export interface SupergraphSource {
  /** For logs: a file, a folder or an address. */
  readonly place: string;
  /** The text that stands there now; null: none does; UNCHANGED: the one that was read last. Rejects when nobody can tell. */
  read(): Promise<string | null | 'UNCHANGED'>;
  /** ms until it is read again. */
  pause(): number;
  /** Notices beside that, where there are any; the function ends them. */
  watch(onChange: () => void): () => void;
  /** The text that was read last serves from now on. */
  taken(): Promise<void>;
  /** What served before this process, for a start without an answer. */
  remembered(): Promise<string | null>;
}

const POLL = 1_000; // ms

/** The supergraph in a file. `poll` ms: some mounts never give notice of a change. */
export function fileSource(file: string, poll = POLL): SupergraphSource {
  return {
    place: file,
    read: () => readFile(file, 'utf8').catch(() => null),
    pause: () => poll,
    // The folder, because a file that is replaced whole is another file afterwards.
    watch: (onChange) => watchFolder(dirname(file), (name) => (name === null || name === basename(file)) && onChange()),
    taken: async () => undefined,
    remembered: async () => null,
  };
}

/** Notices of a folder, as far as its file system gives them: polling is enough. */
export function watchFolder(folder: string, onChange: (name: string | null) => void): () => void {
  let watcher: FSWatcher;
  try {
    watcher = watch(folder, { persistent: false }, (_event, name) => onChange(name));
  } catch {
    return () => undefined;
  }
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}
