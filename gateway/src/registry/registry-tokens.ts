import { createHash, timingSafeEqual } from 'node:crypto';
import { statSync } from 'node:fs';
import { BadConfiguration } from '@atende/service/process';
import { readSecret } from './secret-file.ts';

export interface TokenHolder {
  /** Gateways read and report; publishers also publish and store. */
  role: 'gateway' | 'publisher';
  /** Stands in the history. */
  name: string;
}

const LINE = /^(gateway|publisher)\s+([\w.-]{1,60})\s+([\w.~+/=-]{20,200})$/;

/** The bearer tokens that a registry knows: a file of lines `publisher team-tickets <token>`, read again when it changes. */
export class RegistryTokens {
  readonly #file: string;
  #read = 0;
  #known: { hash: Buffer; holder: TokenHolder }[] = [];

  /** Throws BadConfiguration when the file cannot be used: others may read it, a line is not understood, or there is none. */
  constructor(file: string) {
    this.#file = file;
    this.#known = readTokens(file);
    this.#read = statSync(file).mtimeMs;
  }

  /** Whose token it is; null when nobody's. Takes as long for one that is nearly right. */
  holderOf(authorization: string | undefined): TokenHolder | null {
    this.#refresh();
    const [, token] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    if (!token) return null;
    const hash = hashOf(token);
    return this.#known.find((known) => timingSafeEqual(known.hash, hash))?.holder ?? null;
  }

  /** A file that became bad leaves those that were known: a slip of an editor locks nobody out. */
  #refresh(): void {
    try {
      const { mtimeMs } = statSync(this.#file);
      if (mtimeMs === this.#read) return;
      this.#known = readTokens(this.#file);
      this.#read = mtimeMs;
    } catch {
      // as before
    }
  }
}

function readTokens(file: string): { hash: Buffer; holder: TokenHolder }[] {
  const fault = (what: string) => new BadConfiguration(`REGISTRY_TOKENS_FILE ${file}: ${what}`);
  const lines = readSecret(file, fault)
    .split('\n')
    .map((line) => line.trim());
  const known = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, at) => {
      const [, role, name, token] = LINE.exec(line) ?? [];
      if (!token || !name)
        throw fault(`line ${at + 1} is not "publisher NAME TOKEN" or "gateway NAME TOKEN" with a token of 20 characters or more`);
      return { hash: hashOf(token), holder: { role: role as TokenHolder['role'], name } };
    });
  if (known.length === 0) throw fault('holds no token');
  return known;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
