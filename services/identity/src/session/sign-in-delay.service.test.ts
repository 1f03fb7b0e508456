import type { Refused } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { ana, bruno, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { beginAttempt, FamiliarAddress, forgetAttempts, SignInAttempt } from './sign-in-delay.ts';

const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { accessToken errors { code message } } }`;
const guesser = '198.51.100.1';
const home = '203.0.113.7';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const attempt = async (email: string, address: string, password = 'wrong wrong wrong', at = identity): Promise<string> => {
  const { data } = await at.anybody(SIGN_IN, { email, password }, address);
  return data.signIn.errors[0]?.code ?? 'IN';
};
/** As an attempt with a wrong password, without the work of judging it. */
const guess = (login: string, address: string): Promise<string> =>
  beginAttempt(identity.worker(), { login, address, now: identity.clock.now() }).then(
    () => 'INVALID_CREDENTIALS',
    (error: Refused) => error.faults[0]?.code ?? '',
  );
const many = async (count: number, tryOne: (index: number) => Promise<string>): Promise<string[]> => {
  const answers: string[] = [];
  for (let index = 0; index < count; index++) answers.push(await tryOne(index));
  return answers;
};
const failed = (count: number): string[] => Array.from({ length: count }, () => 'INVALID_CREDENTIALS');

describe('guessing a password', () => {
  it('gets slower for the guesser, and nobody else feels it', async () => {
    expect(await many(6, () => attempt(ana, guesser))).toEqual(failed(6));
    expect(await attempt(ana, guesser)).toBe('RATE_LIMITED');
    expect(await attempt(ana, guesser, DEMO_PASSWORD)).toBe('RATE_LIMITED'); // not even judged
    expect(await attempt(ana, home, DEMO_PASSWORD)).toBe('IN');
    identity.clock.advance(1_000);
    expect(await attempt(ana, guesser)).toBe('INVALID_CREDENTIALS');
    identity.clock.advance(1_000);
    expect(await attempt(ana, guesser)).toBe('RATE_LIMITED'); // two seconds now
  });

  it('says how long to wait', async () => {
    const { data } = await identity.anybody(SIGN_IN, { email: ana, password: 'x' }, guesser);
    expect(data.signIn.errors).toEqual([{ code: 'RATE_LIMITED', message: 'Muitas tentativas. Tente de novo em 1 s.' }]);
  });

  it('of an unknown login goes the same way, answer for answer', async () => {
    const known = await many(8, () => attempt(bruno, '198.51.100.2'));
    const unknown = await many(8, () => attempt('nobody@acme.example', '198.51.100.3'));
    expect(unknown).toEqual(known);
    expect(known.at(-1)).toBe('RATE_LIMITED');
  });

  it('by forty at once counts as forty', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(bruno, '198.51.100.4')));
    expect(answers.filter((answer) => answer === 'INVALID_CREDENTIALS').length).toBeLessThanOrEqual(6);
    expect(answers).toContain('RATE_LIMITED');
  });

  it('does not take people who arrive together for guessers, in whatever order their attempts are counted', async () => {
    const arrivals = [30, 10, 20, 0].map((ms, index) => ({
      login: `colleague${index}@acme.example`,
      address: '198.51.100.6',
      now: new Date(identity.clock.now().getTime() + ms),
    }));
    for (const arrival of arrivals) await expect(beginAttempt(identity.worker(), arrival)).resolves.toBeDefined();
  });

  it('with aliases in one request counts each of them', async () => {
    const aliases = Array.from(
      { length: 60 },
      (_, index) => `a${index}: signIn(input: { email: "${bruno}", password: "no ${index}" }) { errors { code } }`,
    );
    const { data } = await identity.anybody(`mutation { ${aliases.join('\n')} }`, {}, '198.51.100.5');
    const codes = Object.values<{ errors: { code: string }[] }>(data).map(({ errors }) => errors[0]?.code);
    expect(codes.slice(0, 6)).toEqual(failed(6));
    expect(new Set(codes.slice(6))).toEqual(new Set(['RATE_LIMITED']));
  });

  it('on many logins from one address waits too; an IPv6 network is one address', async () => {
    const answers = await many(32, (index) => guess(`user${index}@acme.example`, `2001:db8:0:1::${index + 1}`));
    expect(answers.slice(0, 31)).toEqual(failed(31));
    expect(answers.at(-1)).toBe('RATE_LIMITED');
    expect(await attempt('user99@acme.example', '2001:db8:0:2::1')).toBe('INVALID_CREDENTIALS');
  });

  it('on one login from a crowd of addresses waits half a minute at most, and never where the person was before', async () => {
    identity.clock.advance(3_600_001);
    expect(await attempt(ana, home, DEMO_PASSWORD)).toBe('IN');
    const crowd = await many(70, (index) => guess(ana, `192.0.2.${index + 1}`));
    expect(crowd.slice(0, 51)).toEqual(failed(51));
    expect(crowd.at(-1)).toBe('RATE_LIMITED');
    expect(await attempt(ana, home, DEMO_PASSWORD)).toBe('IN');
    expect(await attempt(ana, '192.0.2.250', DEMO_PASSWORD)).toBe('RATE_LIMITED');
    identity.clock.advance(30_000);
    expect(await attempt(ana, '192.0.2.250', DEMO_PASSWORD)).toBe('IN');
  });

  it('at two replicas at once counts at both', async () => {
    await using other = await startIdentity({ beside: identity });
    identity.clock.advance(3_600_001);
    const from = '198.51.100.20';
    const said = await many(8, (index) => attempt(ana, from, undefined, index % 2 ? other : identity));
    expect(said).toEqual([...failed(6), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await attempt(ana, from, DEMO_PASSWORD, other)).toBe('RATE_LIMITED');
    expect(await attempt(ana, home, DEMO_PASSWORD, other)).toBe('IN');
  });

  it('by who knows one password does not reset the waits of another login', async () => {
    const both = '198.51.100.9';
    await many(6, () => attempt('victim@acme.example', both));
    expect(await attempt(bruno, both, DEMO_PASSWORD)).toBe('IN');
    expect(await attempt('victim@acme.example', both)).toBe('RATE_LIMITED');
  });

  it('is forgotten after a quiet hour; where somebody signs in from, after ninety days', async () => {
    const em = identity.worker();
    await forgetAttempts(em, new Date(identity.clock.now().getTime() + 3_600_001));
    expect(await em.count(SignInAttempt)).toBe(0);
    expect(await em.count(FamiliarAddress)).toBeGreaterThan(0);
    await forgetAttempts(em, new Date(identity.clock.now().getTime() + 91 * 86_400_000));
    expect(await em.count(FamiliarAddress)).toBe(0);
  });

  it('keeps no login and no address', async () => {
    await attempt('private@acme.example', '203.0.113.99');
    const kept = JSON.stringify(await identity.worker().find(SignInAttempt, {}));
    expect(kept).not.toMatch(/private|203\.0\.113/);
  });
});
