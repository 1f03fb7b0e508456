import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
  return namesIn(folder, /\.graphql$/).map((name) => ({ file: name, text: readSdl(join(folder, name)) }));
}

function namesIn(folder: string, kind: RegExp): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => kind.test(name) && !name.includes('node_modules')).sort();
  } catch (error) {
    throw new FileFault(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** A client's documents below a folder: .graphql files, and manifests as tools for persisted documents write them. Throws FileFault. */
export function readStored(folder: string): StoredDocument[] {
  const manifests = namesIn(folder, MANIFEST).flatMap((name) =>
    manifestTexts(join(folder, name)).map((text, at) => ({ file: `${name} (${at + 1})`, text })),
  );
  return [...readDocuments(folder), ...manifests];
}

/** As GraphQL Code Generator and Apollo call theirs. */
const MANIFEST = /(^|\/)persisted-[\w-]+\.json$/;

const manifest = z.union([
  z.object({ operations: z.array(z.object({ body: z.string() })) }).transform(({ operations }) => operations.map(({ body }) => body)),
  z.record(z.string(), z.string()).transform((texts) => Object.values(texts)),
]);

function manifestTexts(file: string): string[] {
  try {
    return manifest.parse(JSON.parse(readSdl(file)));
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(`${file} is no manifest: { "<id>": "<text>" }, or { "operations": [{ "body": "<text>" }] }`);
  }
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
