import { describe, expect, it } from '@jest/globals';
import { afterCursor, connection, pageSize } from './page.ts';

const rows = ['ana', 'bia', 'carla'].map((searchName, index) => ({ id: `con_${index}`, searchName }));
const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
};

describe('a page', () => {
  it.each([undefined, null, 0, -1, 101, 1e9])('FIRST_REQUIRED: first cannot be %s', (first) => {
    expect(codeOf(() => pageSize({ first }))).toBe('FIRST_REQUIRED');
  });

  it.each([1, 100])('may have %s rows', (first) => {
    expect(pageSize({ first })).toBe(first);
  });

  it('knows whether something follows by the one row more that was read', () => {
    const page = connection(rows, 2, {});
    expect(page.edges.map((edge) => edge.node.searchName)).toEqual(['ana', 'bia']);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: page.edges[0]?.cursor,
      endCursor: page.edges[1]?.cursor,
    });
    expect(connection(rows, 3, {}).pageInfo.hasNextPage).toBe(false);
  });

  it('may be empty', () => {
    expect(connection([], 10, {}).pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  it('goes on after a cursor, by name and then id', () => {
    const { endCursor } = connection(rows, 2, {}).pageInfo;
    expect(afterCursor({ after: endCursor })).toEqual({
      $or: [{ searchName: { $gt: 'bia' } }, { searchName: 'bia', id: { $gt: 'con_1' } }],
    });
    expect(afterCursor({})).toEqual({});
  });

  it.each(['', 'nonsense', btoa('{}'), btoa('["a"]'), btoa('["a",1]'), btoa('["a",{"$ne":null}]'), btoa('["a","\\u0000"]')])(
    'refuses %j as a cursor',
    (after) => {
      expect(codeOf(() => afterCursor({ after }))).toBe('BAD_USER_INPUT');
    },
  );
});
