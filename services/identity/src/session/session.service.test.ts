import { demoId, gatewayViewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Credential } from '../account/credential.ts';
import { actIn, bySystem } from '../act.ts';
import { Contact } from '../contact/contact.ts';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { ana, bruno, carla, eventually, hugo, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, SIGN_IN, viewerIn } from '../testing/sign-in.ts';
import { RefreshToken } from './refresh-token.ts';
import { Session } from './session.ts';
import { endSessions } from './session-end.ts';

const SIGN_OUT = 'mutation ($everywhere: Boolean) { signOut(everywhere: $everywhere) { errors { code } } }';
const CHANGE = `mutation ($now: String!, $next: String!) { changePassword(input: { currentPassword: $now, newPassword: $next }) {
  mustChangePassword viewer { roles } errors { code } } }`;
const ENDED = 'query ($after: String) { _endedSessions(after: $after) { cursor sessionIds } }';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { signIn, refresh } = doorOf(() => identity);
const sessionOf = async (accessToken: string) => identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' });
const endedAfter = async (after: string | null = null) => (await identity.ask(gatewayViewer, ENDED, { after })).data._endedSessions;

describe('signing in', () => {
  it('gives an administrator of a client two tokens and tells who they are', async () => {
    const { accessToken, refreshToken, ...rest } = await signIn(' ANA@acme.example ');
    expect(rest).toEqual({
      expiresAt: '2026-03-02T12:10:00.000Z',
      mustChangePassword: false,
      errors: [],
      viewer: {
        roles: ['CONTACT', 'ADMINISTRATOR', 'SERVICE_MANAGER'],
        permissions: ['OPEN_TICKETS', 'SEE_TICKETS_OF_ORGANIZATION', 'MANAGE_CONTACTS', 'AGREE_TO_PRIORITY', 'IMPORT_CONTACTS'],
        person: { name: 'Ana Souza', email: ana },
        contacts: [{ name: 'Ana Souza', email: ana, organization: { code: 'ACME01' } }],
        analyst: null,
      },
    });
    expect(refreshToken).toMatch(/^[\w-]{43}$/);
    expect(viewerIn(accessToken)).toEqual({ ...(await identity.viewer(ana)), sessionId: viewerIn(accessToken).sessionId });
  });

  it('gives an analyst groups, and an auditor nothing but that', async () => {
    expect((await signIn(carla)).viewer).toMatchObject({
      roles: ['ANALYST'],
      contacts: [],
      analyst: {
        name: 'Carla Nogueira',
        level: 'N1',
        groups: expect.arrayContaining([{ code: 'bso-ams' }, { code: 'cloud' }, { code: 'n1-software' }]),
      },
    });
    expect((await signIn(rita)).viewer).toMatchObject({ roles: ['AUDITOR'], permissions: ['READ_AUDIT_LOG'], contacts: [], analyst: null });
  });

  it('stores no token as it is', async () => {
    const { refreshToken } = await signIn(bruno);
    const stored = await identity.worker().find(RefreshToken, {});
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain(refreshToken);
  });

  it('answers a wrong password and an unknown login with the same bytes', async () => {
    const wrong = await identity.anybody(SIGN_IN, { email: hugo, password: 'not it at all' });
    const unknown = await identity.anybody(SIGN_IN, { email: 'nobody@acme.example', password: 'not it at all' });
    expect(wrong.data.signIn).toMatchObject({ accessToken: null, refreshToken: null, viewer: null, mustChangePassword: false });
    expect(wrong.data.signIn.errors).toEqual([{ code: 'INVALID_CREDENTIALS', field: ['input'], message: 'E-mail ou senha incorretos.' }]);
    expect(JSON.stringify(unknown)).toBe(JSON.stringify(wrong));
  });

  it('answers in the caller’s language', async () => {
    const headers = { 'accept-language': 'es', 'x-client-address': '192.0.2.77' };
    const answer = await identity.ask(
      { ...gatewayViewer, kind: 'ANONYMOUS' },
      SIGN_IN,
      { email: 'nobody@acme.example', password: 'x' },
      headers,
    );
    expect(answer.data.signIn.errors[0].message).toBe('El correo o la contraseña son incorrectos.');
  });

  it.each([
    ['nothing', ''],
    ['a NUL', '\u0000'],
    ['a login with a NUL behind it', 'ana@acme.example\u0000'],
    ['SQL', "' or 1=1 --"],
    ['a wildcard', 'ana@acme.example%'],
    ['half a character', '\ud800'],
    ['something very long', 'a'.repeat(100_000)],
  ])('takes %s for an unknown login', async (_, email) => {
    const { errors, data } = await identity.anybody(SIGN_IN, { email, password: DEMO_PASSWORD }, '192.0.2.66');
    expect(errors).toBeUndefined();
    expect(data.signIn.errors[0].code).toBe('INVALID_CREDENTIALS');
  });

  it('lets nobody in whose last contact was deactivated, in the words of a wrong password', async () => {
    const em = identity.worker();
    await em.nativeUpdate(Contact, { id: demoId('con', hugo) }, { active: false });
    expect((await signIn(hugo)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    await em.nativeUpdate(Contact, { id: demoId('con', hugo) }, { active: true });
    expect((await signIn(hugo)).errors).toEqual([]);
  });

  it('allows nothing but changing it while somebody else’s password stands', async () => {
    await identity.worker().nativeUpdate(Credential, { personId: demoId('per', hugo) }, { mustChange: true });
    const { accessToken, refreshToken, mustChangePassword, viewer } = await signIn(hugo);
    expect(mustChangePassword).toBe(true);
    expect(viewer).toMatchObject({ roles: [], permissions: [], contacts: [], person: { email: hugo } });
    expect(viewerIn(accessToken)).toMatchObject({ personId: demoId('per', hugo), roles: [], contacts: [], groups: [] });
    expect(await refresh(refreshToken)).toMatchObject({ mustChangePassword: true, viewer: { roles: [] } });
    const nobody = viewerIn(accessToken);
    expect(await identity.ask(nobody, '{ contacts(first: 5) { edges { node { id } } } }')).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    const { data } = await identity.ask(nobody, CHANGE, { now: DEMO_PASSWORD, next: 'Vidro-Azul-27-Serra' });
    expect(data.changePassword).toMatchObject({ mustChangePassword: false, viewer: { roles: ['CONTACT'] }, errors: [] });
    expect(await signIn(hugo, 'Vidro-Azul-27-Serra')).toMatchObject({ mustChangePassword: false, viewer: { roles: ['CONTACT'] } });
    const hash = (await identity.worker().findOneOrFail(Credential, { personId: demoId('per', ana) })).hash;
    await identity.worker().nativeUpdate(Credential, { personId: demoId('per', hugo) }, { hash }); // the demo's again
  });
});

describe('refreshing', () => {
  it('brings new tokens of the same session, with the rights of today', async () => {
    const first = await signIn(bruno);
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', bruno) }, { scope: 'ORGANIZATION' });
    identity.clock.advance(60_000);
    const second = await refresh(first.refreshToken);
    expect(second.errors).toEqual([]);
    expect(second.expiresAt).toBe('2026-03-02T12:11:00.000Z');
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(viewerIn(second.accessToken)).toMatchObject({
      sessionId: viewerIn(first.accessToken).sessionId,
      contacts: [{ scope: 'ORGANIZATION' }],
    });
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', bruno) }, { scope: 'OWN' });
  });

  it('with a token that was used before ends the whole family: the thief’s and the victim’s', async () => {
    const first = await signIn(bruno);
    const second = await refresh(first.refreshToken);
    expect((await refresh(first.refreshToken)).errors).toEqual([
      { code: 'SESSION_ENDED', field: ['refreshToken'], message: 'Sua sessão terminou. Entre de novo.' },
    ]);
    expect((await refresh(second.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    const session = await sessionOf(first.accessToken);
    expect(session.endReason).toBe('TOKEN_REUSED');
    expect((await endedAfter()).sessionIds).toContain(session.id);
  });

  it('twice at once with one token lets one in, and ends the family', async () => {
    const { refreshToken, accessToken } = await signIn(bruno);
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.filter((answer) => answer.accessToken !== null)).toHaveLength(1);
    expect((await sessionOf(accessToken)).endReason).toBe('TOKEN_REUSED');
  });

  it('again because the answer was lost ends the family too, since a thief would do the same; signing in begins another', async () => {
    const { refreshToken } = await signIn(bruno);
    await refresh(refreshToken); // its answer never arrives
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    const again = await signIn(bruno);
    expect((await refresh(again.refreshToken)).errors).toEqual([]);
  });

  it.each(['', 'nonsense', '\u0000'])('with %j, which is no token, is refused in the same words', async (token) => {
    expect((await refresh(token)).errors).toEqual([
      { code: 'SESSION_ENDED', field: ['refreshToken'], message: 'Sua sessão terminou. Entre de novo.' },
    ]);
  });

  it('after seven quiet days is too late', async () => {
    const { refreshToken, accessToken } = await signIn(ana);
    identity.clock.advance(7 * 86_400_000);
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await sessionOf(accessToken)).endReason).toBe('EXPIRED');
  });

  it('ends the session of who is nobody any more', async () => {
    const { refreshToken, accessToken } = await signIn(hugo);
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', hugo) }, { active: false });
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await sessionOf(accessToken)).endReason).toBe('DEACTIVATED');
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', hugo) }, { active: true });
  });
});

describe('signing out', () => {
  it('ends this session only, and gateways learn of it', async () => {
    const [here, there] = [await signIn(ana), await signIn(ana)];
    const { cursor } = await endedAfter();
    const answer = await identity.ask(viewerIn(here.accessToken), SIGN_OUT);
    expect(answer.data.signOut.errors).toEqual([]);
    expect((await refresh(here.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await refresh(there.refreshToken)).errors).toEqual([]);
    expect((await endedAfter(cursor)).sessionIds).toContain(viewerIn(here.accessToken).sessionId);
  });

  it('everywhere ends every session of the person and nobody else’s', async () => {
    const [here, there, other] = [await signIn(ana), await signIn(ana), await signIn(bruno)];
    await identity.ask(viewerIn(here.accessToken), SIGN_OUT, { everywhere: true });
    for (const { refreshToken } of [here, there]) expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await refresh(other.refreshToken)).errors).toEqual([]);
  });

  it('twice is no fault, and says so once', async () => {
    const { accessToken } = await signIn(bruno);
    await identity.ask(viewerIn(accessToken), SIGN_OUT);
    expect((await identity.ask(viewerIn(accessToken), SIGN_OUT)).data.signOut.errors).toEqual([]);
    const said = await identity
      .worker()
      .execute<unknown[]>("select 1 from event where type = 'session.ended' and aggregate = ?", [viewerIn(accessToken).sessionId]);
    expect(said).toHaveLength(1);
  });

  it('is not for a session of another person, whatever the token says', async () => {
    const victim = await signIn(ana);
    await identity.ask({ ...(await identity.viewer(bruno)), sessionId: viewerIn(victim.accessToken).sessionId }, SIGN_OUT);
    expect((await refresh(victim.refreshToken)).errors).toEqual([]);
  });
});

describe('a sign-in while rights or the password change', () => {
  it('waits, and begins with nothing of before', async () => {
    const personId = demoId('per', hugo);
    const asksForLock = "select 1 as it from pg_stat_activity where datname = current_database() and wait_event = 'advisory'";
    const signing = await identity.worker().transactional(async (em) => {
      await endSessions(em, actIn(em, bySystem(identity.clock.now())), personId, 'PASSWORD_CHANGED');
      await em.nativeUpdate(Credential, { personId }, { hash: 'another' });
      const begun = signIn(hugo);
      await Promise.race([begun, eventually(async () => (await identity.worker().execute<{ it: number }[]>(asksForLock))[0])]);
      return { begun };
    });
    expect((await signing.begun).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    expect(await identity.worker().count(Session, { personId, endedAt: null })).toBe(0);
  });
});

describe('the feed of ended sessions', () => {
  it('is the gateway’s only', async () => {
    for (const email of [ana, carla])
      expect((await identity.as(email, ENDED)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await identity.anybody(ENDED)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('tells what ended shortly before its cursor again, and forgets what no token can name any more', async () => {
    const { accessToken } = await signIn(bruno);
    await identity.ask(viewerIn(accessToken), SIGN_OUT);
    const { cursor, sessionIds } = await endedAfter();
    const ended = viewerIn(accessToken).sessionId;
    expect(sessionIds).toContain(ended);
    expect((await endedAfter(cursor)).sessionIds).toContain(ended);
    identity.clock.advance(2 * 60_000);
    expect((await endedAfter(String(Number(cursor) + 61_000))).sessionIds).not.toContain(ended);
    expect((await endedAfter('nonsense')).sessionIds).toContain(ended);
    identity.clock.advance(10 * 60_000);
    expect((await endedAfter()).sessionIds).not.toContain(ended);
  });
});
