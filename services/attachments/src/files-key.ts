import { readFile } from 'node:fs/promises';
import { BadConfiguration } from '@atende/service';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

export const FILES_ISSUER = 'atende-attachments';

/** The service's signature under receipts and download links. */
export interface FilesKey {
  /** The public half, as other services fetch it. */
  jwks: { keys: JWK[] };
  /** Times in seconds, as JWT has them. The same claims give the same bytes. */
  sign(audience: string, claims: JWTPayload & { iat: number; exp: number }): Promise<string>;
  /** The claims of a valid token; null of any other. */
  verify(audience: string, token: string, now: Date): Promise<JWTPayload | null>;
}

/** Reads an Ed25519 private JWK. */
export async function readFilesKey(path: string): Promise<FilesKey> {
  let jwk: JWK;
  try {
    jwk = JSON.parse(await readFile(path, 'utf8')) as JWK;
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d) throw new Error('it is none');
  } catch (error) {
    throw new BadConfiguration(
      `FILES_KEY_FILE ${path} should be an Ed25519 private key as JWK, e.g. { "kty": "OKP", "crv": "Ed25519", "x": …, "d": … }: ${(error as Error).message}`,
    );
  }
  const { d: _, ...publicHalf } = jwk;
  const kid = jwk.kid ?? (await calculateJwkThumbprint(publicHalf));
  const privateKey = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
  const publicKey = (await importJWK(publicHalf, 'EdDSA')) as CryptoKey;
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] },
    sign: (audience, claims) =>
      new SignJWT({ ...claims, iss: FILES_ISSUER, aud: audience }).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey),
    verify: async (audience, token, now) => {
      try {
        return (
          await jwtVerify(token, publicKey, {
            issuer: FILES_ISSUER,
            audience,
            algorithms: ['EdDSA'],
            requiredClaims: ['exp'],
            currentDate: now,
          })
        ).payload;
      } catch {
        return null;
      }
    },
  };
}

export const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);
