import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredDocument } from './operations-check.ts';
import { REGISTRY_LIMITS } from './registry.ts';

/** A file or folder that was named on the command line and cannot be used. */
export class FileFault extends Error {}

/** A service's SDL. Throws FileFault. */
export function readSdl(file: string): string {
  const bytes = read(file);
  if (bytes.length > REGISTRY_LIMITS.text) throw new FileFault(`${file} is larger than ${REGISTRY_LIMITS.text} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileFault(`${file} is not UTF-8 text`);
  }
}

/** Every .graphql file below a folder. Throws FileFault. */
export function readDocuments(folder: string): StoredDocument[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new FileFault(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  const files = names.filter((name) => name.endsWith('.graphql') && !name.includes('node_modules')).sort();
  return files.map((name) => ({ file: name, text: readSdl(join(folder, name)) }));
}

function read(file: string): Buffer {
  try {
    if (!statSync(file).isFile()) throw new FileFault(`${file} is no file`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
