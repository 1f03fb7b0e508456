import { ErrorCode, type Fault, isLine, type KeyScope } from '@atende/service';

const LONGEST_NAME = 100; // characters
const LONGEST_LIFE = 366 * 86_400_000; // a year in ms

/** What a person says of a new key. */
export interface NewKey {
  name: string;
  scopes: KeyScope[];
  expiresAt: Date;
}

/** Everything that is wrong with a new key, at once. */
export function apiKeyFaults({ name, scopes, expiresAt }: NewKey, now: Date): Fault[] {
  const life = expiresAt.getTime() - now.getTime();
  return [
    ...(name.trim() === '' ? [{ code: ErrorCode.REQUIRED, field: ['input', 'name'] }] : nameFaults(name)),
    ...(scopes.length === 0 ? [{ code: ErrorCode.REQUIRED, field: ['input', 'scopes'] }] : []),
    ...(life > 0 && life <= LONGEST_LIFE ? [] : [{ code: ErrorCode.BAD_USER_INPUT, field: ['input', 'expiresAt'] }]),
  ];
}

function nameFaults(name: string): Fault[] {
  const field = ['input', 'name'];
  if (name.length > LONGEST_NAME) return [{ code: ErrorCode.TOO_LONG, field, params: { max: LONGEST_NAME, length: name.length } }];
  return isLine(name, LONGEST_NAME) ? [] : [{ code: ErrorCode.BAD_USER_INPUT, field }];
}
