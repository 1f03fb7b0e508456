import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BadConfiguration } from '@atende/service';

/** Encrypts what must be read again, for rest in the database. `about` says whose it is: moved to somebody else it does not open. */
export interface Sealer {
  seal(text: string, about: string): string;
  /** Throws when it was sealed by another key, for something else, or changed. */
  open(sealed: string, about: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12; // bytes
const TAG = 16; // bytes

/** AES-256-GCM with a key derived from the secret. A sealed text is nonce, tag and cipher text in base64url. */
export function makeSealer(secret: Buffer): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'atende sealed at rest', 32));
  return {
    seal: (text, about) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
    },
  };
}

/** Reads the private key from its file; a missing or wrong one is a fault of the configuration, said with its mending. */
export async function sealerFrom(file: string): Promise<Sealer> {
  try {
    const { d } = JSON.parse(await readFile(file, 'utf8')) as { d?: unknown };
    const secret = Buffer.from(typeof d === 'string' ? d : '', 'base64url');
    if (secret.length < 32) throw new Error('it is not a private key of 32 bytes in JWK form');
    return makeSealer(secret);
  } catch (error) {
    throw new BadConfiguration(
      `SEALING_KEY_FILE ${file}: ${(error as Error).message}. Expected: {"kty":"OKP","crv":"Ed25519","d":"…","x":"…"}`,
    );
  }
}
