import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const FORM = /^atende_([0-9a-f]{40})([0-9a-f]{8})$/;
const checksum = (secret: string): string => crc32(secret).toString(16).padStart(8, '0');

/**
 * A new API key: `atende_`, 160 random bits and a checksum of them, in hexadecimal. Scanners find one that lies about by
 * its form, and tell it from one that somebody made up.
 */
export function newApiKey(): string {
  const secret = randomBytes(20).toString('hex');
  return `atende_${secret}${checksum(secret)}`;
}

/** Whether a text can be an API key: anything else is refused without asking anybody. */
export function isApiKey(text: string): boolean {
  const [, secret, sum] = FORM.exec(text) ?? [];
  return secret !== undefined && checksum(secret) === sum;
}
