import { makeLog } from '@atende/service/process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type EndedSessions, Sessions, SessionsUnknown } from './sessions.ts';

const open: Sessions[] = [];
afterEach(() => {
  for (const sessions of open.splice(0)) sessions.close();
});

function build() {
  const world = { now: 0, bus: true, answer: { cursor: 'c1', sessionIds: [] } as EndedSessions | null, asked: [] as (string | null)[] };
  const sessions = new Sessions({
    pull: async (after) => {
      world.asked.push(after);
      return world.answer;
    },
    busAnswers: async () => world.bus,
    now: () => world.now,
    every: 3_600_000,
    log: makeLog('gateway', 'silent'),
  });
  open.push(sessions);
  return { world, sessions };
}

describe('ended sessions', () => {
  test('are known from the list, which is read on from its cursor', async () => {
    const { world, sessions } = build();
    await sessions.refresh();
    expect(sessions.isAlive('ses_1')).toBe(true);
    world.answer = { cursor: 'c2', sessionIds: ['ses_1'] };
    await sessions.refresh();
    expect([sessions.isAlive('ses_1'), sessions.isAlive('ses_2')]).toEqual([false, true]);
    await sessions.refresh();
    expect(world.asked).toEqual([null, 'c1', 'c2']);
  });

  test('are known from the bus at once, and whoever listens is told once', async () => {
    const { sessions } = build();
    const told: string[] = [];
    sessions.onEnded((id) => told.push(id));
    await sessions.refresh();
    sessions.end('ses_1');
    sessions.end('ses_1');
    expect([sessions.isAlive('ses_1'), told]).toEqual([false, ['ses_1']]);
  });

  test('before the list was read once, identity is asked for the request', async () => {
    const { world, sessions } = build();
    world.answer = { cursor: 'c1', sessionIds: ['ses_1'] };
    expect(await Promise.all([sessions.isAlive('ses_1'), sessions.isAlive('ses_2')])).toEqual([false, true]);
    expect(world.asked.length).toBeLessThanOrEqual(2);
  });

  test('the bus keeps the list trusted while identity is silent', async () => {
    const { world, sessions } = build();
    await sessions.refresh();
    world.answer = null;
    world.now = 9_000;
    await sessions.refresh();
    world.now = 18_000;
    expect(sessions.isAlive('ses_1')).toBe(true);
  });

  test('with both silent for ten seconds each request asks, and is refused while nobody can say', async () => {
    const { world, sessions } = build();
    await sessions.refresh();
    Object.assign(world, { answer: null, bus: false, now: 10_000 });
    await sessions.refresh();
    await expect(sessions.isAlive('ses_1')).rejects.toThrow(SessionsUnknown);
    world.answer = { cursor: 'c2', sessionIds: [] };
    expect(await sessions.isAlive('ses_1')).toBe(true);
    expect(sessions.isAlive('ses_1')).toBe(true);
  });

  test('are forgotten once no token of theirs can be valid', async () => {
    const { world, sessions } = build();
    await sessions.refresh();
    sessions.end('ses_1');
    world.now = 900_000;
    await sessions.refresh();
    expect(sessions.isAlive('ses_1')).toBe(true);
  });
});
