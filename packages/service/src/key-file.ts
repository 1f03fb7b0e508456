import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';

/** Keeps a new Ed25519 private key in a file, as a JWK whose `kid` is the RFC 7638 thumbprint. False: one was there and stays. */
export function keepKey(file: string): boolean {
  return keepSecret(file, () => `${JSON.stringify(newKey())}\n`);
}

/** Writes a secret once, readable by its owner only; renamed into place, so that a kill leaves no half of one. */
export function keepSecret(file: string, make: () => string): boolean {
  if (existsSync(file)) return false;
  writeFileSync(`${file}.new`, make(), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return true;
}

function newKey(): Record<string, unknown> {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }))
    .digest('base64url');
  return { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
}
