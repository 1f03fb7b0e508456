import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The last lines of a program's log, indented, for the message about a start that failed. */
export function logTail(dataDir: string, program: string, lines = 20): string {
  const file = join(dataDir, 'logs', `${program}.log`);
  if (!existsSync(file)) return '  (no log)';
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines);
  return tail.map((line) => `  ${line}`).join('\n');
}
