import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { fromKeyFile } from '../key-file.ts';

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

/** By the private key in the file of SEALING_KEY_FILE. */
export const sealerFrom = (file: string): Promise<Sealer> =>
  fromKeyFile('SEALING_KEY_FILE', file, ({ d }) => {
    const secret = Buffer.from(typeof d === 'string' ? d : '', 'base64url');
    if (secret.length < 32) throw new Error('it is not a private key of 32 bytes in JWK form');
    return makeSealer(secret);
  });
