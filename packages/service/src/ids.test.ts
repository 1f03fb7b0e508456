import { describe, expect, it } from '@jest/globals';
import { bornAt, demoId, isId, newId } from './ids.ts';

describe('ids', () => {
  it('are a prefix and 26 letters that nobody mistakes for each other', () => {
    expect(newId('tkt')).toMatch(/^tkt_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('sort in the order of their birth, within a millisecond too', () => {
    const born = Array.from({ length: 5_000 }, () => newId('tkt'));
    expect(born.toSorted()).toEqual(born);
    expect(new Set(born).size).toBe(born.length);
  });

  it('of demo data are the same wherever they are asked for', () => {
    expect(demoId('org', 'ACME01')).toBe(demoId('org', 'ACME01'));
    expect(demoId('org', 'ACME01')).not.toBe(demoId('per', 'ACME01').replace('per', 'org'));
    expect(isId('org', demoId('org', 'ACME01'))).toBe(true);
  });

  it('of demo data sort by the moment they are given', () => {
    const [early, late] = [demoId('tkt', 'b', new Date('2026-01-01')), demoId('tkt', 'a', new Date('2026-01-02'))];
    expect(early < late).toBe(true);
    expect(newId('tkt') > late).toBe(true);
  });

  it('tell when they were made', () => {
    const before = Date.now();
    const moment = bornAt(newId('evt'));
    expect(moment).toBeGreaterThanOrEqual(before);
    expect(moment).toBeLessThanOrEqual(Date.now());
    expect(new Date(bornAt(demoId('tkt', 'a', new Date('2026-01-02T03:04:05.678Z')))).toISOString()).toBe('2026-01-02T03:04:05.678Z');
  });

  it('of another kind or form are none', () => {
    const id = newId('tkt');
    expect(isId('tkt', id)).toBe(true);
    for (const other of [id.toUpperCase(), `${id}0`, id.slice(0, -1), id.replace('tkt_', 'per_'), `${id}\n`, '', null, 7, { id }])
      expect(isId('tkt', other)).toBe(false);
  });
});
