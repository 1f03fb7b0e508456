import { join } from 'node:path';
import { type SupergraphSource, watchFolder } from '../supergraph-source.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import type { Registry } from './registry.ts';
import { TextCopy } from './text-copy.ts';

const PAUSE = 400; // ms; and up to as much again, so that many gateways do not ask in step

/** The newest supergraph of a registry, with a copy on this machine for a start while the registry is away. */
export function registrySource(registry: Registry, copyFile: string | undefined): SupergraphSource {
  const copy = copyFile === undefined ? null : new TextCopy(copyFile);
  let tag: string | undefined;
  let read: string | null = null;
  return {
    place: registry.place,
    async read() {
      const newest = await registry.newest(tag);
      if (newest === 'UNCHANGED') return 'UNCHANGED';
      if (newest === null) return null;
      read = await registry.text(newest.publication.supergraph);
      ({ tag } = newest);
      return read;
    },
    pause: () => PAUSE + Math.random() * PAUSE,
    watch: (onChange) =>
      registry instanceof DirectoryRegistry ? watchFolder(join(registry.place, 'publications'), onChange) : () => undefined,
    async taken() {
      if (read !== null) await copy?.write(read);
    },
    remembered: async () => (copy ? copy.read() : null),
  };
}
