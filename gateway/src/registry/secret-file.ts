import { readFileSync, statSync } from 'node:fs';

/** The text of a file that only its owner may read. Throws what `fault` makes of the reason. */
export function readSecret(file: string, fault: (what: string) => Error): string {
  let mode: number;
  let text: string;
  try {
    ({ mode } = statSync(file));
    text = readFileSync(file, 'utf8');
  } catch {
    throw fault('cannot be read');
  }
  if (mode & 0o077) throw fault('others may read it; run chmod 600 on it');
  return text;
}
