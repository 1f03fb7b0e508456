import { describe, expect, test } from '@jest/globals';
import { buildSeen } from '../testing/registry-builders.ts';
import { extended, merged, type OperationsReport } from './seen-operation.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const seen = (name: string, days: number, count = 1) => buildSeen({ name, count, first: daysAgo(days), last: daysAgo(days) });
const report = (...operations: OperationsReport['operations']): OperationsReport => ({
  reporter: 'g',
  stored: false,
  dropped: 0,
  operations,
});
const ROOM = { operations: 3, operationsSize: 10_000 };
const namesOf = ({ operations }: OperationsReport) => operations.map(({ name }) => name).sort();

describe('a report that is extended', () => {
  test('forgets what nobody has sent for ninety days', () => {
    const after = extended(report(seen('Old', 91), seen('Young', 89)), [], NOW, ROOM);
    expect([namesOf(after), after.dropped]).toEqual([['Young'], 0]);
  });

  test('without room lets go what ran once, then what was seen longest ago, and counts it', () => {
    const before = report(seen('OldOften', 50, 9), seen('Often', 1, 9), seen('Once', 0));
    const after = extended(before, [seen('New', 0), seen('NewOften', 0, 2)], NOW, ROOM);
    expect([namesOf(after), after.dropped]).toEqual([['NewOften', 'Often', 'OldOften'], 2]);
    const full = extended(after, [seen('Fourth', 0, 2)], NOW, ROOM);
    expect([namesOf(full), full.dropped]).toEqual([['Fourth', 'NewOften', 'Often'], 3]);
  });

  test('takes no more text than there is room for', () => {
    const large = (name: string) => buildSeen({ name, document: 'x'.repeat(6_000), last: NOW.toISOString() });
    expect(extended(report(large('A')), [large('B')], NOW, ROOM)).toMatchObject({ operations: [{}], dropped: 1 });
  });
});

test('two sightings are one, from the first to the last, with the clients of both', () => {
  const one = buildSeen({ first: daysAgo(5), last: daysAgo(1), count: 2, clients: { 'portal 1': 2 } });
  const other = buildSeen({ first: daysAgo(3), last: daysAgo(2), count: 3, clients: { 'portal 1': 1, 'portal 2': 2 } });
  const both = { first: daysAgo(5), last: daysAgo(1), count: 5, clients: { 'portal 1': 3, 'portal 2': 2 } };
  expect([merged(one, other), merged(other, one)]).toMatchObject([both, both]);
});

test('the clients of one operation have a limit', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`portal ${at}`, 1]));
  expect(Object.keys(merged(buildSeen(), buildSeen({ clients: many })).clients)).toHaveLength(20);
});
