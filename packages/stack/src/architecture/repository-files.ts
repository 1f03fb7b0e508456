import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.ts';

const places = [
  'packages/*/src/**/*.ts',
  'services/*/{src,migrations}/**/*.ts',
  'gateway/src/**/*.ts',
  'web/src/**/*.{ts,tsx}',
  'bench/src/**/*.ts',
];

/** Every TypeScript file of ours by its path from the root, with its text. */
export function repositoryFiles(): Map<string, string> {
  const paths = globSync(places, { cwd: repositoryRoot });
  return new Map(paths.sort().map((path) => [path, readFileSync(join(repositoryRoot, path), 'utf8')]));
}

/** The files that package.json `exports` opens to others. */
export function packageDoors(): Set<string> {
  const doors = new Set<string>();
  for (const manifest of globSync(['packages/*/package.json', 'services/*/package.json', '{gateway,web,bench}/package.json'], {
    cwd: repositoryRoot,
  })) {
    const { exports = {} } = JSON.parse(readFileSync(join(repositoryRoot, manifest), 'utf8')) as {
      exports?: Record<string, { source?: string }>;
    };
    for (const { source } of Object.values(exports)) if (source) doors.add(join(manifest, '..', source));
  }
  return doors;
}
