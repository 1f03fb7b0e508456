import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

// Crockford's base 32 in lower case: no i, l, o, u. Its order is the order of the bytes, so ids sort by time of birth.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_PATTERN = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/;

/** 128 bits as 26 digits; the first one holds three of them. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 2; // of the first digit, which nothing fills
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return text;
}

/** A new global id: `prefix_` and 26 characters of a UUIDv7, e.g. `tkt_01kax…`. Three-letter prefixes tell the type. */
export function newId(prefix: string): string {
  return `${prefix}_${base32(v7(undefined, new Uint8Array(16)))}`;
}

/**
 * The id of a piece of demo data: the same in every service that knows its name, without asking. With `at` it sorts as
 * if it had been born then.
 */
export function demoId(prefix: string, name: string, at?: Date): string {
  const bytes = createHash('sha256').update(`${prefix}:${name}`).digest().subarray(0, 16);
  if (at) bytes.writeUIntBE(at.getTime(), 0, 6);
  return `${prefix}_${base32(bytes)}`;
}

/** When an id of `newId` was made, in ms of the epoch: whatever moment a row may tell, this is the one of its recording. */
export function bornAt(id: string): number {
  let moment = 0;
  for (const digit of id.slice(4, 14)) moment = moment * 32 + ALPHABET.indexOf(digit);
  return moment;
}

/** Whether a text has the form of an id, whatever of. */
export const isAnyId = (text: unknown): text is string => typeof text === 'string' && ID_PATTERN.test(text);

/** Whether a text has the form of an id of this prefix. Anything else is treated as an id that does not exist. */
export function isId(prefix: string, text: unknown): text is string {
  return typeof text === 'string' && text.startsWith(`${prefix}_`) && ID_PATTERN.test(text);
}
