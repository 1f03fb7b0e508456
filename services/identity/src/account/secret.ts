import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for URLs and headers. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a secret of full entropy is stored: nothing is gained by a slow hash. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

// Crockford's base 32: no letter that is taken for a digit.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

const inGroups = (letters: string): string => (letters.match(/.{1,5}/g) ?? []).join('-');

/** 150 random bits for paper: letters and digits in six groups of five, e.g. `k3v9x-…`. */
export const newReadableSecret = (): string => inGroups(Array.from(randomBytes(30), (byte) => LETTERS[byte & 31]).join(''));

/** As it was given, from how somebody typed it: in letters of any size, with or without spaces and hyphens. */
export function asReadableSecret(typed: string): string {
  const letters = typed.slice(0, 100).toLowerCase().replace(/[\s-]/g, '');
  return inGroups(letters.replace(/o/g, '0').replace(/[il]/g, '1'));
}
