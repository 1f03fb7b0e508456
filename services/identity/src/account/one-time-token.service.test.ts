import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { bruno, carla, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { forgetOldMail } from './mail-retention.ts';
import {
  findToken,
  issueToken,
  OneTimeToken,
  type Purpose,
  purposes,
  tokensLeft,
  useToken,
  voidTokens,
  waysToPassword,
} from './one-time-token.ts';
import { asReadableSecret } from './secret.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const personId = demoId('per', bruno);
const now = (): Date => identity.clock.now();
async function issue(purpose: Purpose, whose: string | null = personId): Promise<string> {
  const em = identity.worker();
  const { secret } = issueToken(em, { purpose, personId: whose, now: now() });
  await em.flush();
  return secret;
}
const opens = async (secret: string, purpose: Purpose, whose?: string): Promise<boolean> =>
  (await findToken(identity.worker(), { secret, purpose, now: now(), ...(whose && { personId: whose }) })) !== null;
async function redeem(em: EntityManager, secret: string, purpose: Purpose): Promise<boolean> {
  const token = await findToken(em, { secret, purpose, now: now() });
  return token !== null && useToken(em, token, now());
}

describe.each(purposes)('a one-time token for %s', (purpose) => {
  it('is at least 128 random bits, kept as a digest', async () => {
    const secret = await issue(purpose);
    // 6 bits a character of base64url, 5 of a recovery code's letters.
    expect(secret.replaceAll('-', '').length * (purpose === 'RECOVERY' ? 5 : 5.9)).toBeGreaterThanOrEqual(128);
    expect(JSON.stringify(await identity.worker().find(OneTimeToken, {}))).not.toContain(secret);
    expect(await issue(purpose)).not.toBe(secret);
  });

  it('is redeemed once by twenty at once', async () => {
    const secret = await issue(purpose);
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(identity.worker(), secret, purpose)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await opens(secret, purpose)).toBe(false);
  });

  it('opens nothing else, and nothing of another person', async () => {
    const secret = await issue(purpose);
    for (const other of purposes) expect(await opens(secret, other)).toBe(other === purpose);
    expect([await opens(secret, purpose, personId), await opens(secret, purpose, demoId('per', carla))]).toEqual([true, false]);
    for (const wrong of ['', '\u0000', secret.slice(1), `${secret}a`]) expect(await opens(wrong, purpose)).toBe(false);
  });

  it('ends', async () => {
    const secret = await issue(purpose);
    const { expiresAt } = (await findToken(identity.worker(), { secret, purpose, now: now() })) ?? {};
    const em = identity.worker();
    const at = (moment: number) => findToken(em, { secret, purpose, now: new Date(moment) });
    const end = expiresAt?.getTime() ?? 0;
    expect([await at(end - 1), await at(end)]).toEqual([expect.anything(), null]);
  });
});

it('a token that is redeemed leaves the others of its person; what a changed password takes back is taken back by kind', async () => {
  const [activation, reset, recovery] = [await issue('ACTIVATION'), await issue('PASSWORD_RESET'), await issue('RECOVERY')];
  const left = await tokensLeft(identity.worker(), personId, 'RECOVERY', now());
  expect(await redeem(identity.worker(), recovery, 'RECOVERY')).toBe(true);
  expect([await opens(activation, 'ACTIVATION'), await opens(reset, 'PASSWORD_RESET')]).toEqual([true, true]);
  await voidTokens(identity.worker(), personId, waysToPassword, now());
  expect([await opens(activation, 'ACTIVATION'), await opens(reset, 'PASSWORD_RESET')]).toEqual([false, false]);
  expect(await tokensLeft(identity.worker(), personId, 'RECOVERY', now())).toBe(left - 1);
});

it('ways to a provider are forgotten as soon as they are over, the others a month later', async () => {
  const em = identity.worker();
  await em.nativeDelete(OneTimeToken, {});
  await Promise.all([issue('PROVIDER_SIGN_IN', null), issue('PASSWORD_RESET')]);
  const left = async (ms: number): Promise<number> => {
    await forgetOldMail(em, new Date(now().getTime() + ms));
    return em.count(OneTimeToken);
  };
  expect([await left(600_000), await left(600_001), await left(31 * 86_400_000)]).toEqual([2, 1, 0]);
});

it('a recovery code is read however it is typed', async () => {
  const secret = await issue('RECOVERY');
  for (const typed of [
    secret,
    ` ${secret.toUpperCase()} `,
    secret.replaceAll('-', ''),
    secret.replaceAll('-', ' '),
    secret.replaceAll('0', 'o').replaceAll('1', 'l'),
  ])
    expect(asReadableSecret(typed)).toBe(secret);
});
