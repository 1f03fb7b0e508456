import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Generated passwords and keys of one data folder. They are made once and readable by the owner only. */
export class Secrets {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  password(name: string): string {
    const file = join(this.#folder, `${name}.password`);
    if (!existsSync(file)) keep(file, randomBytes(24).toString('base64url'));
    return readFileSync(file, 'utf8');
  }

  /** The file of an Ed25519 private key as a JWK; its `kid` is the RFC 7638 thumbprint. */
  keyFile(name: string): string {
    const file = join(this.#folder, `${name}.jwk`);
    if (!existsSync(file)) keep(file, `${JSON.stringify(newKey())}\n`);
    return file;
  }
}

function newKey(): Record<string, unknown> {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }))
    .digest('base64url');
  return { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
}

// Renamed into place: a start that is killed while writing leaves no half of a secret.
function keep(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
