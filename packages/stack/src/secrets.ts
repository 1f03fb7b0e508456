import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepKey, keepSecret } from '@atende/service/provision';

/** Generated passwords and keys of one data folder. They are made once and readable by the owner only. */
export class Secrets {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  password(name: string): string {
    const file = join(this.#folder, `${name}.password`);
    keepSecret(file, () => randomBytes(24).toString('base64url'));
    return readFileSync(file, 'utf8');
  }

  /** The file of an Ed25519 private key as a JWK; its `kid` is the RFC 7638 thumbprint. */
  keyFile(name: string): string {
    const file = join(this.#folder, `${name}.jwk`);
    keepKey(file);
    return file;
  }
}
