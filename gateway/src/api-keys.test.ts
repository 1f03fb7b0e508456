import { makeLog, newApiKey } from '@atende/service/process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet } from 'jose';
import { AccessTokens } from './access-token.ts';
import { Admission } from './admission.ts';
import { ApiKeys, type KeyHolder, KeysUnknown } from './api-keys.ts';
import { Sessions } from './sessions.ts';
import { ANA } from './testing/toy-persons.ts';

const open: Sessions[] = [];
afterEach(() => {
  for (const sessions of open.splice(0)) sessions.close();
});

const DAY = 86_400_000; // ms
const secret = newApiKey();
const bearer = `Bearer ${secret}`;

/** A key of Ana's whose session is `ses_1`, in a house where identity and the sessions say what a test says. */
function build() {
  const world = {
    now: Date.UTC(2026, 2, 2),
    asked: [] as string[],
    sessionId: 'ses_1',
    expires: 30 * DAY,
    answer: (): Promise<KeyHolder | null> => Promise.resolve(holder()),
  };
  const holder = (): KeyHolder => ({
    viewer: { ...ANA, sessionId: world.sessionId, apiKey: { id: 'key_ana', scopes: ['READ'] } },
    expiresAt: new Date(Date.UTC(2026, 2, 2) + world.expires).toISOString(),
  });
  const ask = (key: string) => {
    world.asked.push(key);
    return world.answer();
  };
  const sessions = new Sessions({
    pull: async () => ({ cursor: 'c', sessionIds: [] }),
    busAnswers: async () => true,
    now: () => world.now,
    every: 3_600_000,
    log: makeLog('gateway', 'silent'),
  });
  open.push(sessions);
  const keys = new ApiKeys({ ask, now: () => world.now });
  const admission = new Admission(new AccessTokens(createLocalJWKSet({ keys: [] })), keys, sessions);
  const admit = (authorization = bearer) => (async () => admission.admit(authorization))();
  const refused = (complaint: object) => expect(admit()).rejects.toMatchObject({ complaint });
  return { world, sessions, admit, refused };
}

const UNAUTHENTICATED = { code: 'UNAUTHENTICATED' };

describe('an API key', () => {
  test('is exchanged once, by however many requests at once, and is the same visitor to all', async () => {
    const { world, admit } = build();
    const visitors = await Promise.all([admit(), admit(), admit(`bearer ${secret}`)]);
    expect(new Set(visitors).size).toBe(1);
    expect(visitors[0]).toMatchObject({ sessionId: 'ses_1', viewer: { personId: 'per_ana', apiKey: { id: 'key_ana', scopes: ['READ'] } } });
    expect(world.asked).toEqual([secret]);
  });

  test('is asked about again after ten minutes, and never counts beyond its own end', async () => {
    const { world, admit, refused } = build();
    world.expires = 11 * 60_000;
    expect((await admit()).expires).toBe(world.now + 600_000);
    world.now += 600_000;
    expect((await admit()).expires).toBe(world.now + 60_000);
    expect(world.asked).toHaveLength(2);
    world.now += 60_000;
    world.answer = async () => null;
    await refused(UNAUTHENTICATED);
  });

  test('whose session ended is asked about at once: it stands for its person as they are now', async () => {
    const { world, sessions, admit } = build();
    await admit();
    sessions.end('ses_1');
    world.sessionId = 'ses_2';
    expect(await Promise.all([admit(), admit()])).toMatchObject([{ sessionId: 'ses_2' }, { sessionId: 'ses_2' }]);
    expect(world.asked).toHaveLength(2);
  });

  test('that was revoked is refused with the end of its session', async () => {
    const { world, sessions, admit, refused } = build();
    await admit();
    world.answer = async () => null;
    sessions.end('ses_1');
    await refused(UNAUTHENTICATED);
  });

  test('whose session ended while identity still names it is refused, and asked about again', async () => {
    const { world, sessions, admit, refused } = build();
    await admit();
    sessions.end('ses_1');
    await refused(UNAUTHENTICATED);
    world.sessionId = 'ses_2';
    expect(await admit()).toMatchObject({ sessionId: 'ses_2' });
  });

  test('that stands for nobody is not asked about again for ten seconds', async () => {
    const { world, admit, refused } = build();
    const { answer } = world;
    world.answer = async () => null;
    await refused(UNAUTHENTICATED);
    await refused(UNAUTHENTICATED);
    expect(world.asked).toHaveLength(1);
    world.answer = answer;
    world.now += 10_001;
    expect(await admit()).toMatchObject({ sessionId: 'ses_1' });
  });

  test('while identity is silent is refused as unavailable, and asked about again', async () => {
    const { world, admit, refused } = build();
    const { answer } = world;
    world.answer = async () => Promise.reject(new KeysUnknown('silent'));
    await refused({ code: 'DEPENDENCY_UNAVAILABLE' });
    world.answer = answer;
    expect(await admit()).toMatchObject({ sessionId: 'ses_1' });
  });

  test.each(['Bearer atende_', `Bearer ${secret}0`, `Bearer atende_${'0'.repeat(48)}`, `Basic ${secret}`])(
    '%s is none, and identity is not asked',
    async (authorization) => {
      const { world, admit } = build();
      await expect(admit(authorization)).rejects.toMatchObject({ complaint: UNAUTHENTICATED });
      expect(world.asked).toEqual([]);
    },
  );

  test.each([
    ['a gateway', { ...ANA, kind: 'GATEWAY', apiKey: { id: 'key_ana', scopes: [] } }],
    ['no key', ANA],
    ['no session', { ...ANA, sessionId: null, apiKey: { id: 'key_ana', scopes: [] } }],
  ])('of which identity says that it is %s is refused', async (_, viewer) => {
    const { world, refused } = build();
    world.answer = async () => ({ viewer, expiresAt: '2027-01-01T00:00:00Z' });
    await refused(UNAUTHENTICATED);
  });
});
