import { demoId, gatewayViewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { Session } from '../session/session.ts';
import { ana, bruno, carla, eventually, gisele, hugo, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { Credential } from './credential.ts';
import { Mail } from './mail.ts';
import { forgetOldMail } from './mail-retention.ts';
import { OneTimeToken } from './one-time-token.ts';
import { PasswordReset } from './password-reset.ts';

const CHANGE = `mutation ($now: String!, $next: String!) { changePassword(input: { currentPassword: $now, newPassword: $next }) {
  accessToken refreshToken errors { code field message } viewer { person { email } } } }`;
const ASK = 'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { errors { code } } }';
const RESET =
  'mutation ($token: String!, $password: String!) { resetPassword(input: { token: $token, newPassword: $password }) { errors { code field } } }';
const MAILBOX = 'query { _mailbox(first: 50) { to subject body createdAt } }';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { signIn, refresh, activate } = doorOf(() => identity);
const reset = async (token: string, password: string) => (await identity.anybody(RESET, { token, password })).data.resetPassword.errors;
const mailsTo = (email: string) => identity.worker().find(Mail, { to: email }, { orderBy: { createdAt: 'desc', id: 'desc' } });
const secretIn = (body: string): string => /#token=([\w-]+)/.exec(body)?.[1] ?? '';

/** Asks for a reset and waits until the mail is there; an older one is out of the way. */
async function mailedToken(email: string): Promise<string> {
  identity.clock.advance(121_000);
  const before = (await mailsTo(email)).length;
  expect((await identity.anybody(ASK, { email })).data.requestPasswordReset.errors).toEqual([]);
  const [mail] = await eventually(async () => {
    const mails = await mailsTo(email);
    return mails.length > before ? mails : null;
  });
  return secretIn(mail?.body ?? '');
}

describe('changing the password', () => {
  it('ends every session and answers with a new one', async () => {
    const [here, there] = [await signIn(bruno, DEMO_PASSWORD), await signIn(bruno, DEMO_PASSWORD)];
    const { data } = await identity.ask(viewerIn(here.accessToken), CHANGE, { now: DEMO_PASSWORD, next: 'Vidro-Azul-27-Serra' });
    expect(data.changePassword).toMatchObject({ errors: [], viewer: { person: { email: bruno } } });
    for (const { refreshToken } of [here, there]) {
      expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    }
    expect((await refresh(data.changePassword.refreshToken)).errors).toEqual([]);
    expect((await signIn(bruno, DEMO_PASSWORD)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    expect((await signIn(bruno, 'Vidro-Azul-27-Serra')).errors).toEqual([]);
    const ended = await identity.worker().find(Session, { personId: demoId('per', bruno), endReason: 'PASSWORD_CHANGED' });
    expect(ended).toHaveLength(2);
    expect((await mailsTo(bruno))[0]?.kind).toBe('PASSWORD_CHANGED');
  });

  it('says both faults at once: the current one is wrong, the next one too weak', async () => {
    const { data } = await identity.as(carla, CHANGE, { now: 'wrong', next: 'Senha123' });
    expect(data.changePassword.errors).toEqual([
      { code: 'INVALID_CREDENTIALS', field: ['input', 'currentPassword'], message: 'E-mail ou senha incorretos.' },
      { code: 'PASSWORD_TOO_WEAK', field: ['input', 'newPassword'], message: expect.stringContaining('12') },
    ]);
    expect((await signIn(carla, DEMO_PASSWORD)).errors).toEqual([]);
  });

  it('takes back what a mail offered before', async () => {
    const token = await mailedToken(hugo);
    await identity.as(hugo, CHANGE, { now: DEMO_PASSWORD, next: 'Vidro-Azul-27-Serra' });
    expect(await reset(token, 'Outra-Serra-38-Verde')).toMatchObject([{ code: 'TOKEN_INVALID' }]);
  });

  it('to what it is already is refused', async () => {
    expect((await identity.as(carla, CHANGE, { now: DEMO_PASSWORD, next: DEMO_PASSWORD })).data.changePassword.errors).toMatchObject([
      { code: 'PASSWORD_TOO_WEAK' },
    ]);
  });

  it('cannot be used to guess the current one with a stolen token', async () => {
    const codes = [];
    for (let index = 0; index < 8; index++)
      codes.push(
        (await identity.as(gisele, CHANGE, { now: `guess ${index}`, next: 'Vidro-Azul-27-Serra' })).data.changePassword.errors[0].code,
      );
    expect(codes).toEqual([...Array(6).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED', 'RATE_LIMITED']);
    const told = "select actor from event where data ->> 'field' = 'Mutation.changePassword' and data ->> 'code' = 'INVALID_CREDENTIALS'";
    expect(await eventually(async () => (await identity.worker().execute<{ actor: string }[]>(told))[0])).toMatchObject({
      actor: expect.stringMatching(/^per_/),
    });
  });

  it('takes a signed-in person', async () => {
    expect((await identity.anybody(CHANGE, { now: 'a', next: 'b' })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('a forgotten password', () => {
  it('is replaced by the token of a mail, once, and every session ends', async () => {
    const before = await signIn(ana, DEMO_PASSWORD);
    const token = await mailedToken(ana);
    expect(await reset(token, 'Vidro-Azul-28-Serra')).toEqual([]);
    expect((await signIn(ana, 'Vidro-Azul-28-Serra')).errors).toEqual([]);
    expect((await refresh(before.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect(await reset(token, 'Vidro-Azul-29-Serra')).toEqual([{ code: 'TOKEN_INVALID', field: ['input', 'token'] }]);
    expect((await signIn(ana, 'Vidro-Azul-28-Serra')).errors).toEqual([]);
  });

  it('asked for an unknown address gets the same answer, and no mail', async () => {
    const known = await identity.anybody(ASK, { email: ana });
    const unknown = await identity.anybody(ASK, { email: 'nobody@acme.example' });
    expect(JSON.stringify(unknown)).toBe(JSON.stringify(known));
    await eventually(async () => ((await identity.worker().count(PasswordReset)) === 0 ? true : null));
    expect(await mailsTo('nobody@acme.example')).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a NUL', '\u0000'],
    ['an address with a NUL behind it', `${ana}\u0000`],
    ['something very long', 'a'.repeat(100_000)],
  ])('asked for %s, which is no address, gets the same answer too', async (_, email) => {
    expect(await identity.anybody(ASK, { email })).toEqual({ data: { requestPasswordReset: { errors: [] } } });
    expect(await identity.worker().count(PasswordReset)).toBe(0);
  });

  it('asked for again and again brings one mail in two minutes', async () => {
    identity.clock.advance(121_000);
    const before = (await mailsTo(carla)).length;
    for (let index = 0; index < 4; index++) {
      await identity.anybody(ASK, { email: carla }, `192.0.2.${10 + index}`);
      await eventually(async () => ((await identity.worker().count(PasswordReset)) === 0 ? true : null));
    }
    expect(await mailsTo(carla)).toHaveLength(before + 1);
  });

  it('keeps its token when the password chosen is too weak', async () => {
    const token = await mailedToken(carla);
    expect(await reset(token, 'carla')).toEqual([{ code: 'PASSWORD_TOO_WEAK', field: ['input', 'newPassword'] }]);
    expect(await reset(token, 'Vidro-Azul-27-Serra')).toEqual([]);
  });

  it('says both faults at once', async () => {
    expect(await reset('nonsense', 'weak')).toEqual([
      { code: 'TOKEN_INVALID', field: ['input', 'token'] },
      { code: 'PASSWORD_TOO_WEAK', field: ['input', 'newPassword'] },
    ]);
  });

  it('has an hour', async () => {
    const token = await mailedToken(carla);
    identity.clock.advance(3_600_000);
    expect(await reset(token, 'Vidro-Azul-27-Serra')).toMatchObject([{ code: 'TOKEN_INVALID' }]);
  });

  it('has a token for itself only: it activates nothing', async () => {
    const token = await mailedToken(carla);
    expect(await activate(token, 'Vidro-Azul-27-Serra')).toMatchObject([{ code: 'TOKEN_INVALID' }]);
    expect(await reset(token, 'Vidro-Azul-27-Serra')).toEqual([]);
  });

  it('redeemed five times at once is redeemed once, and takes older tokens with it', async () => {
    const older = await mailedToken(carla);
    const token = await mailedToken(carla);
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => reset(token, `Vidro-Azul-3${index}-Serra`)));
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(1);
    expect(await reset(older, 'Vidro-Azul-27-Serra')).toMatchObject([{ code: 'TOKEN_INVALID' }]);
  });

  it('from one address may be asked for thirty times, then it waits', async () => {
    const codes = [];
    for (let index = 0; index < 33; index++)
      codes.push(
        (await identity.anybody(ASK, { email: `u${index}@acme.example` }, '198.51.100.77')).data.requestPasswordReset.errors[0]?.code ??
          'ASKED',
      );
    expect(codes.slice(0, 31)).toEqual(Array(31).fill('ASKED'));
    expect(codes.at(-1)).toBe('RATE_LIMITED');
  });
});

describe('one-time tokens', () => {
  it('are 256 random bits, kept as a digest', async () => {
    const token = await mailedToken(ana);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await identity.worker().find(OneTimeToken, {}))).not.toContain(token);
  });

  it('never stand in an event; only their ids do', async () => {
    const events = await identity
      .worker()
      .execute<{ data: Record<string, unknown> }[]>("select data from event where type = 'mail.requested'");
    expect(events.length).toBeGreaterThan(0);
    for (const { data } of events) expect(Object.keys(data).sort()).toEqual(['expiresAt', 'kind', 'organizationId', 'personId', 'tokenId']);
  });
});

describe('the local mailbox', () => {
  it('is read by the gateway, newest first', async () => {
    const { data } = await identity.ask(gatewayViewer, MAILBOX);
    expect(data._mailbox.length).toBeGreaterThan(1);
    expect(data._mailbox[0]).toMatchObject({ to: ana, subject: 'Nova senha do portal de atendimento' });
  });

  it('is nobody else’s', async () => {
    for (const email of [ana, 'elisa@support.example'])
      expect((await identity.as(email, MAILBOX)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is shut in production', async () => {
    await using production = await startIdentity({ demo: false, environment: { ATENDE_ENV: 'production' } });
    production.worker();
    await production
      .worker()
      .execute(
        `insert into mail (id, kind, person_id, "to", language, subject, body, created_at) values ('mai_1', 'ACTIVATION', 'per_1', 'a@b.example', 'en', 's', 'b', now())`,
      );
    expect((await production.ask(gatewayViewer, MAILBOX)).data._mailbox).toEqual([]);
  });

  it('forgets mail whose link is worth nothing any more', async () => {
    const em = identity.worker();
    await forgetOldMail(em, new Date(identity.clock.now().getTime() + 3_600_001));
    expect(await em.count(Mail, { kind: 'PASSWORD_RESET' })).toBe(0);
    expect(await em.count(Mail, { kind: 'PASSWORD_CHANGED' })).toBeGreaterThan(0);
    await forgetOldMail(em, new Date(identity.clock.now().getTime() + 31 * 86_400_000));
    expect(await em.count(Mail)).toBe(0);
    expect(await em.count(OneTimeToken)).toBe(0);
  });

  it('stores passwords with argon2id, 19 MiB and two passes', async () => {
    const { hash } = await identity.worker().findOneOrFail(Credential, { personId: demoId('per', bruno) });
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
