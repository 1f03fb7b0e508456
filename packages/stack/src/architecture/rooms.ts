import { dirname, join, normalize } from 'node:path/posix';

/** A workspace of the repository and what it may take from the others. */
export interface Room {
  /** Its folder, as `services/tickets`. */
  folder: string;
  kind: 'events' | 'service' | 'stack' | 'services' | 'gateway' | 'web' | 'bench';
}

const mayImport: Record<Room['kind'], readonly string[]> = {
  events: [],
  service: ['events'],
  services: ['service', 'events'],
  gateway: ['service', 'events'],
  web: [],
  stack: ['events', 'service', 'identity', 'tickets', 'attachments', 'favorites', 'knowledge', 'notifications', 'gateway'],
  bench: ['events', 'service', 'identity', 'tickets', 'attachments', 'favorites', 'knowledge', 'notifications', 'gateway', 'stack'],
};

export function roomOf(path: string): Room | undefined {
  const [first, second] = path.split('/');
  if (first === 'packages' && (second === 'events' || second === 'service' || second === 'stack'))
    return { folder: `packages/${second}`, kind: second };
  if (first === 'services' && second) return { folder: `services/${second}`, kind: 'services' };
  if (first === 'gateway' || first === 'web' || first === 'bench') return { folder: first, kind: first };
  return undefined;
}

// The one place that loads what it finds in a folder: a service's own migrations.
const findsModules = ['packages/service/src/database.ts'];

/** Why a file may not take this from there, or undefined when it may. */
export function importFault(path: string, target: string | undefined): string | undefined {
  const room = roomOf(path);
  if (!room) return undefined;
  const tooling = room.kind === 'stack' || room.kind === 'bench';
  if (target === undefined)
    return tooling || findsModules.includes(path) ? undefined : 'loads a module whose name is computed: nobody can check that';
  if (target.startsWith('@atende/')) return packageFault(room, path, target);
  if (target.startsWith('.')) return relativeFault(room, path, target);
  return undefined;
}

function packageFault(room: Room, path: string, target: string): string | undefined {
  const [, name = '', ...rest] = target.split('/');
  const door = rest.join('/');
  if (!mayImport[room.kind].includes(name)) return `${room.folder} may not import ${target}`;
  if (/^(src|dist)\b/.test(door)) return `imports ${target} past its door`;
  if (/^testing/.test(door) && !isTest(path) && room.kind !== 'stack' && room.kind !== 'bench')
    return `imports ${target}, which is for tests only`;
  return undefined;
}

function relativeFault(room: Room, path: string, target: string): string | undefined {
  if (target.startsWith('../../../')) return `imports ${target}: a path that long means that one of the two lies wrong`;
  const file = normalize(join(dirname(path), target));
  if (!file.startsWith(`${room.folder}/`)) return `imports ${target}, which lies outside of ${room.folder}: use the package's door`;
  if (!isTest(path) && isTest(file)) return `imports ${target}, which is for tests only`;
  return undefined;
}

/** Tests and what only tests use. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\/|[/-]testing[^/]*\.ts$/.test(path);
