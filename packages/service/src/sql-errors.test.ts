import { describe, expect, it } from '@jest/globals';
import { isConflict, isOutage, isUnreadable } from './sql-errors.ts';

const failed = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('what PostgreSQL says', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '08006', '53100', '53300', '57P01', '57P03', '57014', '55P03'])(
    '%s: it is not available now',
    (code) => {
      expect([isOutage(failed(code)), isConflict(failed(code)), isUnreadable(failed(code))]).toEqual([true, false, false]);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('“%s”: neither', (message) => {
    expect(isOutage(new Error(message))).toBe(true);
  });

  it.each(['40001', '40P01'])('%s: two got in each other’s way', (code) => {
    expect([isOutage(failed(code)), isConflict(failed(code)), isUnreadable(failed(code))]).toEqual([false, true, false]);
  });

  it.each(['22021', '22003', '22P02'])('%s: no column takes such a value', (code) => {
    expect([isOutage(failed(code)), isConflict(failed(code)), isUnreadable(failed(code))]).toEqual([false, false, true]);
  });

  it.each(['42501', '42703', '23505', '23503', 'FST_ERR', ''])('%s is none of these', (code) => {
    expect([isOutage(failed(code)), isConflict(failed(code)), isUnreadable(failed(code))]).toEqual([false, false, false]);
  });

  it('may be anything', () => {
    for (const thrown of [null, undefined, 'ECONNREFUSED', 7, {}])
      expect([isOutage(thrown), isConflict(thrown), isUnreadable(thrown)]).toEqual([false, false, false]);
  });
});
