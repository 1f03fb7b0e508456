import { describe, expect, it } from '@jest/globals';
import { connection, decodePageCursor, encodePageCursor, pageOf, pageSize } from './page.ts';

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
};
const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const keyOf = ({ id }: { id: string }) => [id];

describe('a page', () => {
  it.each([{}, { first: 0 }, { first: 101 }, { last: -1 }, { first: 5, last: 5 }, { first: null }])(
    'needs first or last, 1 to 100: not %p',
    (page) => {
      expect(codeOf(() => pageSize(page))).toBe('FIRST_REQUIRED');
    },
  );

  it('knows from one row too many that more follows', () => {
    expect(connection(pageOf(rows, { first: 3 }, keyOf)).pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(connection(pageOf(rows, { first: 4, after: 'x' }, keyOf)).pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('read backwards comes in the order of the list', () => {
    const page = connection(pageOf(rows.toReversed(), { last: 3, before: 'x' }, keyOf));
    expect(page.edges.map(({ node }) => node.id)).toEqual(['b', 'c', 'd']);
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('that is empty has no cursors', () => {
    expect(connection(pageOf([], { first: 3 }, keyOf)).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe('a cursor', () => {
  it('comes back as it went', () => {
    expect(decodePageCursor(encodePageCursor(['2026-01-01', 7, 'ação']), 3)).toEqual(['2026-01-01', 7, 'ação']);
  });

  it.each([
    '',
    '!',
    'bnVsbA',
    encodePageCursor(['a']),
    Buffer.from('[{"a":1},2]').toString('base64url'),
    Buffer.from('{"length":2}').toString('base64url'),
  ])('of somebody else (%p) is refused', (cursor) => {
    expect(codeOf(() => decodePageCursor(cursor, 2))).toBe('BAD_USER_INPUT');
  });
});
