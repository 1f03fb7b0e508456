import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository.ts';

/** What a .dockerignore lets through to the build: the last line that speaks about a path, or a folder above it, decides. */
export function buildContext(text = readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8')): (path: string) => boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const rules = lines.map((line) => ({
    allows: line.startsWith('!'),
    glob: line.replace(/^!/, ''),
    matches: matcher(line.replace(/^!/, '')),
  }));
  return (path) => {
    const above = path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));
    const last = rules.findLast(({ matches }) => above.some((one) => matches.test(one)));
    const leadsTo = rules.some(({ allows, glob }) => allows && glob.startsWith(`${path}/`));
    return last === undefined || last.allows || leadsTo;
  };
}

// Unlike in a shell, a star takes a leading dot too.
function matcher(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*)/);
  const regular: Record<string, string> = { '**/': '(.*/)?', '*': '[^/]*' };
  return new RegExp(`^${parts.map((part) => regular[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('')}$`);
}
