import { demoId, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateSync } from 'otplib';
import { Mail } from '../account/mail.ts';
import { OneTimeToken } from '../account/one-time-token.ts';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { ana, bruno, carla, diego, elisa, gisele, hugo, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { turnOffSecondFactor } from './second-factor.commands.ts';
import { SecondFactor } from './second-factor.ts';

const BEGIN = 'mutation ($password: String!) { beginTotp(input: { password: $password }) { secret uri errors { code field } } }';
const CONFIRM = 'mutation ($code: String!) { confirmTotp(input: { code: $code }) { recoveryCodes errors { code field } } }';
const RENEW = 'mutation ($code: String!) { renewRecoveryCodes(input: { code: $code }) { recoveryCodes errors { code field } } }';
const OFF =
  'mutation ($otp: String!, $password: String) { turnOffTotp(input: { otp: $otp, password: $password }) { errors { code field } } }';
const MINE = '{ viewer { secondFactor { confirmedAt recoveryCodesLeft } } }';
const SIGN_IN = `mutation ($email: String!, $password: String!, $otp: String) {
  signIn(input: { email: $email, password: $password, otp: $otp }) { accessToken errors { code field message } } }`;

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const codeOf = (secret: string, seconds = 0): string =>
  generateSync({ secret, epoch: Math.floor(identity.clock.now().getTime() / 1_000) + seconds });
const laterBy = (seconds: number): void => identity.clock.advance(seconds * 1_000);
const begin = async (email: string, password = DEMO_PASSWORD) => (await identity.as(email, BEGIN, { password })).data.beginTotp;
const confirm = async (email: string, code: string) => (await identity.as(email, CONFIRM, { code })).data.confirmTotp;
const turnOff = async (email: string, otp: string, password?: string): Promise<string[]> =>
  (await identity.as(email, OFF, { otp, password })).data.turnOffTotp.errors.map(
    ({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`,
  );
const mine = async (email: string) => (await identity.as(email, MINE)).data.viewer.secondFactor;
const answer = async (email: string, otp?: string, password = DEMO_PASSWORD, address = '203.0.113.7') =>
  (await identity.anybody(SIGN_IN, { email, password, otp }, address)).data.signIn;
const signIn = async (...asked: Parameters<typeof answer>): Promise<string> => (await answer(...asked)).errors[0]?.code ?? 'IN';

/** A person with a second factor: its secret and the recovery codes. */
async function withFactor(email: string): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await begin(email);
  const { recoveryCodes } = await confirm(email, codeOf(secret));
  laterBy(30);
  return { secret, codes: recoveryCodes };
}

const mails = async (email: string): Promise<string[]> =>
  (await identity.worker().find(Mail, { personId: demoId('per', email) }, { orderBy: { id: 'asc' } })).map(({ kind }) => kind);

describe('setting up an authenticator app', () => {
  it('wants the password, gives a secret, and counts once a code of it came back', async () => {
    expect(await begin(bruno, 'wrong')).toEqual({
      secret: null,
      uri: null,
      errors: [{ code: 'INVALID_CREDENTIALS', field: ['input', 'password'] }],
    });
    const { secret, uri } = await begin(bruno);
    expect(uri).toBe(`otpauth://totp/Atende:bruno%40acme.example?secret=${secret}&issuer=Atende`);
    expect(Buffer.from(secret, 'ascii').length).toBe(32);
    expect([await mine(bruno), await signIn(bruno)]).toEqual([null, 'IN']);
    expect((await confirm(bruno, '000000')).errors).toEqual([{ code: 'OTP_INVALID', field: ['input', 'code'] }]);
    const { recoveryCodes, errors } = await confirm(bruno, codeOf(secret));
    expect([errors, new Set(recoveryCodes).size]).toEqual([[], 10]);
    expect(recoveryCodes[0]).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){5}[0-9a-hjkmnp-tv-z]{5}$/);
    expect(await mine(bruno)).toEqual({ confirmedAt: identity.clock.now().toISOString(), recoveryCodesLeft: 10 });
    expect(await signIn(bruno)).toBe('OTP_REQUIRED');
    expect(await mails(bruno)).toEqual(['SECOND_FACTOR_ON']);
  });

  it('keeps neither the secret nor a recovery code as it is', async () => {
    const { secret, codes } = await withFactor(ana);
    const kept = JSON.stringify([await identity.worker().find(SecondFactor, {}), await identity.worker().find(OneTimeToken, {})]);
    for (const told of [secret, ...codes]) expect(kept).not.toContain(told);
    const events = await identity.worker().execute("select actor, data from event where type = 'factor.changed'");
    expect(events).toContainEqual({ actor: demoId('per', ana), data: { personId: demoId('per', ana), factor: 'TOTP', on: true } });
  });

  it('begun again is another secret; begun when it is on is a CONFLICT; confirmed an hour late is too late', async () => {
    const [first, second] = [await begin(hugo), await begin(hugo)];
    expect((await confirm(hugo, codeOf(first.secret))).errors).toMatchObject([{ code: 'OTP_INVALID' }]);
    laterBy(3_600);
    expect((await confirm(hugo, codeOf(second.secret))).errors).toMatchObject([{ code: 'OTP_INVALID' }]);
    await withFactor(hugo);
    expect((await identity.as(hugo, BEGIN, { password: DEMO_PASSWORD })).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('is confirmed by nobody who guesses with a stolen token', async () => {
    await begin(diego);
    const codes = [];
    for (let guess = 0; guess < 8; guess++) codes.push((await confirm(diego, '000000')).errors[0].code);
    expect(codes).toEqual([...Array(6).fill('OTP_INVALID'), 'RATE_LIMITED', 'RATE_LIMITED']);
  });

  it('is nobody’s by an API key, nor who has not signed in', async () => {
    const key: Viewer = {
      ...(await identity.viewer(carla)),
      apiKey: { id: demoId('key', carla), scopes: ['READ', 'WRITE_TICKETS', 'MANAGE_CONTACTS'] },
    };
    for (const [query, variables] of [
      [BEGIN, { password: 'a' }],
      [CONFIRM, { code: 'a' }],
      [RENEW, { code: 'a' }],
      [OFF, { otp: 'a' }],
    ] as const) {
      expect((await identity.ask(key, query, variables)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect((await identity.anybody(query, variables)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });
});

describe('signing in with a second factor', () => {
  let secret: string;
  let codes: string[];
  beforeAll(async () => {
    ({ secret, codes } = await withFactor(gisele));
  });

  it('says that a code is wanted only once the password was right', async () => {
    const said = await answer(gisele);
    expect(said.errors).toEqual([
      {
        code: 'OTP_REQUIRED',
        field: ['input', 'otp'],
        message: 'Digite o código do seu aplicativo autenticador, ou um código de recuperação.',
      },
    ]);
    const wrong = JSON.stringify(await answer(gisele, undefined, 'wrong'));
    for (const otp of [codeOf(secret), codes[0], '', 'x'])
      expect(JSON.stringify(await answer(gisele, otp, 'wrong', '203.0.113.8'))).toBe(wrong);
    expect(JSON.stringify(await answer('nobody@acme.example', codeOf(secret), 'wrong'))).toBe(wrong);
  });

  it('takes a code once: not again in its step, nor one before it', async () => {
    expect(await signIn(gisele, codeOf(secret))).toBe('IN');
    expect(await signIn(gisele, codeOf(secret))).toBe('OTP_INVALID');
    expect(await signIn(gisele, codeOf(secret, -30))).toBe('OTP_INVALID');
    expect(await signIn(gisele, codeOf(secret, 30))).toBe('IN'); // a clock that is ahead
    laterBy(90);
    expect(await signIn(gisele, codeOf(secret, -60))).toBe('OTP_INVALID');
    expect(await signIn(gisele, ` ${codeOf(secret, -30).replace(/^.../, '$& ')}`)).toBe('IN'); // and one that is behind
  });

  it('takes a code once when ten send it at once', async () => {
    laterBy(60);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => signIn(gisele, codeOf(secret), DEMO_PASSWORD, `203.0.113.${index + 20}`)),
    );
    expect(answers.sort()).toEqual(['IN', ...Array(9).fill('OTP_INVALID')]);
  });

  it('takes a recovery code once, however it is typed, and only of this person', async () => {
    const { codes: others } = await withFactor(carla);
    expect(await signIn(gisele, others[0])).toBe('OTP_INVALID');
    const [first = '', second = ''] = codes;
    expect(await signIn(gisele, ` ${first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `)).toBe('IN');
    expect(await signIn(gisele, first)).toBe('OTP_INVALID');
    const atOnce = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signIn(gisele, second, DEMO_PASSWORD, `203.0.113.${index + 40}`)),
    );
    expect(atOnce.filter((said) => said === 'IN')).toHaveLength(1);
    expect((await mine(gisele)).recoveryCodesLeft).toBe(8);
  });

  it.each([
    ['six zeros', '000000'],
    ['a NUL', '\u0000'],
    ['half a character', '\ud800'],
    ['something very long', 'a'.repeat(100_000)],
  ])('does not take %s', async (_, otp) => {
    identity.clock.advance(3_600_000);
    expect(await signIn(gisele, otp)).toBe('OTP_INVALID');
  });

  it('counts wrong codes as failures; being asked for a code is none, and takes none away', async () => {
    identity.clock.advance(3_600_000);
    const said = [];
    for (let round = 0; round < 5; round++)
      said.push(await signIn(gisele, '000000', DEMO_PASSWORD, '198.51.100.9'), await signIn(gisele, '', DEMO_PASSWORD, '198.51.100.9'));
    expect(said).toEqual(Array(5).fill(['OTP_INVALID', 'OTP_REQUIRED']).flat());
    expect(await signIn(gisele, '000000', DEMO_PASSWORD, '198.51.100.9')).toBe('OTP_INVALID');
    expect(await signIn(gisele, codeOf(secret), DEMO_PASSWORD, '198.51.100.9')).toBe('RATE_LIMITED');
    for (let round = 0; round < 8; round++) expect(await signIn(gisele, '', DEMO_PASSWORD, '198.51.100.10')).toBe('OTP_REQUIRED');
    expect(await signIn(gisele, codeOf(secret))).toBe('IN');
  });
});

describe('turning it off', () => {
  it('takes a code, or a recovery code and the password; every fault at once', async () => {
    const { secret, codes } = await withFactor(elisa);
    expect(await turnOff(elisa, '000000')).toEqual(['OTP_INVALID input.otp', 'INVALID_CREDENTIALS input.password']);
    expect(await turnOff(elisa, codes[0] ?? '')).toEqual(['INVALID_CREDENTIALS input.password']);
    expect(await turnOff(elisa, 'x', DEMO_PASSWORD)).toEqual(['OTP_INVALID input.otp']);
    expect(await signIn(elisa)).toBe('OTP_REQUIRED');
    expect(await turnOff(elisa, codes[0] ?? '', DEMO_PASSWORD)).toEqual([]); // the refusal above gave it back
    expect([await signIn(elisa), await mine(elisa)]).toEqual(['IN', null]);
    const again = await withFactor(elisa);
    expect(again.secret).not.toBe(secret);
    expect(await signIn(elisa, codes[1])).toBe('OTP_INVALID');
    expect(await turnOff(elisa, codeOf(again.secret))).toEqual([]);
    expect((await mails(elisa)).slice(-2)).toEqual(['SECOND_FACTOR_ON', 'SECOND_FACTOR_OFF']);
    expect(await turnOff(elisa, codeOf(again.secret, 30))).toContain('OTP_INVALID input.otp');
  });

  it('cannot be guessed with a stolen token', async () => {
    await withFactor(rita);
    const said = [];
    for (let guess = 0; guess < 8; guess++) said.push((await turnOff(rita, `00000${guess}`))[0]);
    expect(said.slice(-1)).toEqual(['RATE_LIMITED input']);
  });

  it('is done by command for who lost the app and the codes', async () => {
    const { codes } = await withFactor(otavio);
    const run = () =>
      identity.worker().transactional((em) =>
        turnOffSecondFactor({
          em,
          now: identity.clock.now(),
          config: { PORTAL_URL: 'https://support.example' },
          given: ['--email', otavio],
        }),
      );
    expect(await run()).toBe(`${otavio} signs in by the password alone.`);
    expect((await mails(otavio)).at(-1)).toBe('SECOND_FACTOR_OFF');
    expect(await signIn(otavio)).toBe('IN');
    await expect(run()).rejects.toThrow('has no second factor');
    await withFactor(otavio);
    expect(await signIn(otavio, codes[0])).toBe('OTP_INVALID');
  });

  it('recovery codes are renewed by a code of the app, not by one of themselves', async () => {
    identity.clock.advance(3_600_000);
    const { secret, codes } = await withFactor(elisa);
    const renew = async (code: string) => (await identity.as(elisa, RENEW, { code })).data.renewRecoveryCodes;
    expect((await renew(codes[0] ?? '')).errors).toEqual([{ code: 'OTP_INVALID', field: ['input', 'code'] }]);
    const { recoveryCodes } = await renew(codeOf(secret));
    expect(await signIn(elisa, codes[0])).toBe('OTP_INVALID');
    expect(await signIn(elisa, recoveryCodes[0])).toBe('IN');
  });
});
