import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { ErrorCode, Refused, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

// Guessing gets slower, nobody is locked out. Three counters, each kept for known and unknown logins alike:
//   pair     this login from this address: the guesser's own wait, which nobody else feels
//   address  this address, whatever the login: trying one password on many accounts
//   account  this login from addresses it never signed in from: a crowd of addresses guessing together. One address
//            alone cannot fill it, and addresses the person used before are not asked it.
// `free`: failures without a wait. `longest`: seconds; short enough that whoever shares an address with a guesser waits, and is in.
const limits = {
  pair: { free: 5, longest: 60 },
  address: { free: 30, longest: 30 },
  account: { free: 50, longest: 30 },
};
type Counter = keyof typeof limits;

/** A counter that nobody moved for this long starts anew. */
const FORGET_AFTER = 3_600_000; // 1 hour in ms
/** An address stays familiar this long after the last sign-in from it. */
const FAMILIAR_FOR = 90 * 86_400_000; // 90 days in ms

const AttemptSchema = defineEntity({
  name: 'SignInAttempt',
  tableName: 'sign_in_attempt',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  indexes: [{ name: 'sign_in_attempt_by_time', properties: ['at'] }],
  properties: (p) => ({
    /** Digest of the counter's name and what it counts: no address or login is kept. */
    key: p.text().primary(),
    failures: p.integer(),
    at: p.datetime(3),
    until: p.datetime(3),
  }),
});
export class SignInAttempt extends AttemptSchema.class {}
AttemptSchema.setClass(SignInAttempt);

const FamiliarSchema = defineEntity({
  name: 'FamiliarAddress',
  tableName: 'familiar_address',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  indexes: [{ name: 'familiar_address_by_time', properties: ['at'] }],
  properties: (p) => ({
    /** Digest of a login and an address it signed in from. */
    key: p.text().primary(),
    at: p.datetime(3),
  }),
});
export class FamiliarAddress extends FamiliarSchema.class {}
FamiliarSchema.setClass(FamiliarAddress);

/** Seconds to wait after the nth failure, from the first: none while free, then doubling. */
export function delaysOf({ free, longest }: { free: number; longest: number }): number[] {
  const delays = Array.from({ length: free }, () => 0);
  for (let delay = 1; delay < longest; delay *= 2) delays.push(delay);
  return [...delays, longest];
}

const delays = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, delaysOf(limit)])) as Record<Counter, number[]>;

/** Who tries: the login as typed and the address, a network of 64 bits counting as one where it is IPv6. */
export interface Attempt {
  login: string;
  address: string | null;
  now: Date;
}

export const network = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const filled =
    tail === undefined
      ? groups
      : [...groups, ...Array(Math.max(0, 8 - groups.length - (tail ? tail.split(':').length : 0))).fill('0'), ...tail.split(':')];
  return filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

const keyOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const keysOf = ({ login, address }: Attempt) => {
  const from = address === null ? null : network(address);
  return {
    pair: keyOf('pair', login, from ?? ''),
    address: from === null ? null : keyOf('address', from),
    account: keyOf('account', login),
    familiar: keyOf('familiar', login, from ?? ''),
  };
};

/** An attempt that was counted: the keys it stands under. */
export type Counted = { pair: string; others: string[]; familiar: string };

/**
 * Counts an attempt as failed before it is judged, so that a thousand at once count as a thousand. Refused with
 * RATE_LIMITED, and not judged at all, while one of its counters waits.
 */
export function beginAttempt(em: EntityManager, attempt: Attempt): Promise<Counted> {
  const { pair, address, account, familiar } = keysOf(attempt);
  return em.transactional(async (counting) => {
    const isFamiliar = (await counting.count(FamiliarAddress, { key: familiar })) > 0;
    await count(counting, 'pair', pair, attempt.now);
    if (address) await count(counting, 'address', address, attempt.now);
    if (!isFamiliar) await count(counting, 'account', account, attempt.now);
    return { pair, familiar, others: [...(address ? [address] : []), ...(isFamiliar ? [] : [account])] };
  });
}

async function count(em: EntityManager, counter: Counter, key: string, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - FORGET_AFTER);
  const counted = await em.execute<unknown[]>(
    // Attempts that arrive together are not in the order of their moments: without a wait (until = at) all of them count.
    `insert into sign_in_attempt as known (key, failures, at, until) values (?, 1, ?, ?)
     on conflict (key) do update set
       failures = case when known.at < ? then 1 else known.failures + 1 end,
       at = greatest(known.at, excluded.at),
       until = greatest(known.at, excluded.at) + make_interval(secs => (?::float8[])[least(case when known.at < ? then 1 else known.failures + 1 end, ?)])
     where known.until <= greatest(known.at, excluded.at)
     returning failures`,
    [key, now, now, forgotten, `{${delays[counter].join(',')}}`, forgotten, delays[counter].length],
  );
  if (counted.length > 0) return;
  const waiting = await em.findOneOrFail(SignInAttempt, { key });
  const seconds = Math.max(1, Math.ceil((waiting.until.getTime() - now.getTime()) / 1_000));
  throw new Refused({ code: ErrorCode.RATE_LIMITED, field: ['input'], params: { seconds } });
}

/** What nobody's login is known of is counted per address too: asking for a password costs a mail, for a provider a row. */
export interface Uncertain {
  kind: 'reset' | 'provider';
  address: string | null;
}

export async function beginUncertain(em: EntityManager, { kind, address, now }: Uncertain & { now: Date }): Promise<void> {
  if (address !== null) await count(em, 'address', keyOf(kind, network(address)), now);
}

/** It was no guess after all. */
export async function takeBackUncertain(em: EntityManager, { kind, address }: Uncertain): Promise<void> {
  if (address !== null) await uncount(em, keyOf(kind, network(address)));
}

/** The attempt was right after all: it is taken back, and its address is familiar from here on. */
export async function succeedAttempt(em: EntityManager, { pair, others, familiar }: Counted, now: Date): Promise<void> {
  await em.nativeDelete(SignInAttempt, { key: pair });
  for (const key of others) await uncount(em, key);
  await em.execute('insert into familiar_address (key, at) values (?, ?) on conflict (key) do update set at = excluded.at', [
    familiar,
    now,
  ]);
}

/** The attempt says nothing about guessing: it is taken back, and nothing else. What was guessed before still counts. */
export async function takeBackAttempt(em: EntityManager, { pair, others }: Counted): Promise<void> {
  for (const key of [pair, ...others]) await uncount(em, key);
}

const uncount = (em: EntityManager, key: string): Promise<unknown> =>
  em.execute('update sign_in_attempt set failures = greatest(failures - 1, 0), until = at where key = ?', [key]);

/** Forgets counters that nobody moved for an hour, and addresses that were not used for ninety days. */
export async function forgetAttempts(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(SignInAttempt, { at: { $lt: new Date(now.getTime() - FORGET_AFTER) } });
  await em.nativeDelete(FamiliarAddress, { at: { $lt: new Date(now.getTime() - FAMILIAR_FOR) } });
}
