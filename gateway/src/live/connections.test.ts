import { makeLog } from '@atende/service/process';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Visitor } from '../access-token.ts';
import { Sessions } from '../sessions.ts';
import { ANA, BRUNO } from '../testing/toy-persons.ts';
import { type Connection, Connections } from './connections.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function build(most: number, mostOfPerson: number) {
  const sessions = new Sessions({ pull: async () => null, busAnswers: async () => false, log: makeLog('gateway', 'silent') });
  open.push(() => sessions.close());
  return new Connections({ sessions, most, mostOfPerson });
}

const visitorOf = (viewer = ANA): Visitor => ({ viewer, sessionId: viewer.sessionId, expires: Number.POSITIVE_INFINITY });

/** A connection that goes when it is told to, unless it is stubborn. */
function fake(connections: Connections, visitor: Visitor | null = visitorOf(), isStubborn = false) {
  const told: string[] = [];
  const tell = (what: string) => () => {
    told.push(what);
    if (what === 'cut' || !isStubborn) connections.remove(connection);
  };
  const connection = { visitor, told, forbid: tell('forbid'), restart: tell('restart'), ping: tell('ping'), cut: tell('cut') };
  return connection satisfies Connection;
}

describe('connections', () => {
  test('are so many and no more, and make room when they go', () => {
    const connections = build(2, 10);
    const [first, second, third] = [fake(connections, null), fake(connections, null), fake(connections, null)];
    expect([connections.add(first), connections.add(second), connections.add(third)]).toEqual([null, null, 'FULL']);
    connections.remove(first);
    expect(connections.add(third)).toBeNull();
  });

  test('of one person are so many and no more, of whatever kind', () => {
    const connections = build(10, 2);
    const [early, late] = [fake(connections), fake(connections, null)];
    expect([early, late].map((one) => connections.add(one))).toEqual([null, null]);
    late.visitor = visitorOf(ANA);
    expect(connections.identified(late)).toBeNull();
    expect(connections.add(fake(connections))).toBe('TOO_MANY_OF_PERSON');
    expect(connections.add(fake(connections, visitorOf(BRUNO)))).toBeNull();
    connections.remove(late);
    expect(connections.add(fake(connections))).toBeNull();
  });

  test('that went before it was known whose they are count for nobody', () => {
    const connections = build(10, 1);
    const gone = fake(connections, null);
    connections.add(gone);
    connections.remove(gone);
    gone.visitor = visitorOf(ANA);
    connections.identified(gone);
    expect(connections.add(fake(connections))).toBeNull();
  });
});

describe('the end of a gateway', () => {
  test('sends every connection elsewhere once, takes no more, and cuts off who stays', async () => {
    const connections = build(1_000, 1_000);
    const all = Array.from({ length: 130 }, (_, at) => fake(connections, visitorOf(), at === 7));
    for (const one of all) connections.add(one);
    const drained = connections.drain(200);
    expect(connections.add(fake(connections))).toBe('FULL');
    await drained;
    expect(all.map(({ told }) => told.join())).toEqual(all.map((_, at) => (at === 7 ? 'restart,cut' : 'restart')));
  });

  test('does not wait where nobody is left', async () => {
    const connections = build(10, 10);
    connections.add(fake(connections));
    await connections.drain(60_000);
  });
});
