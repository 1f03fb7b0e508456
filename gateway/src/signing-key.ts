import { readFileSync, statSync } from 'node:fs';
import { BadConfiguration } from '@atende/service/process';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** The key that all gateways of an installation share: it proves to services that a call comes from one of them. */
export interface SigningKey {
  id: string;
  key: CryptoKey;
  /** What /.well-known/jwks.json shows. */
  jwks: { keys: JWK[] };
}

/** Reads an Ed25519 private JWK. A file that others can read is refused: who has the key may speak as anybody. */
export async function readSigningKey(file: string): Promise<SigningKey> {
  const fault = (what: string) => new BadConfiguration(`SIGNING_KEY_FILE ${file}: ${what}`);
  let jwk: JWK;
  try {
    if (statSync(file).mode & 0o077) throw fault('others may read it; run chmod 600 on it');
    jwk = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof BadConfiguration) throw error;
    throw fault(error instanceof SyntaxError ? 'is not JSON' : 'cannot be read');
  }
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.x) throw fault('is not an Ed25519 private key as a JWK');
  return signingKeyOf(jwk);
}

export async function signingKeyOf(jwk: JWK): Promise<SigningKey> {
  const { d, ...open } = jwk;
  const id = jwk.kid ?? (await calculateJwkThumbprint(open));
  const key = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
  return { id, key, jwks: { keys: [{ kty: open.kty, crv: open.crv, x: open.x, kid: id, alg: 'EdDSA', use: 'sig' }] } };
}

/** A key for one process only: tests. */
export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return signingKeyOf(await exportJWK(privateKey));
}
