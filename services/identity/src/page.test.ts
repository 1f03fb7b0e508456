import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { named, namedPage } from './page.ts';

const rows = ['ana', 'bia', 'carla'].map((searchName) => ({ id: demoId('con', searchName), searchName }));

/** A list as a database would read it. */
const list = (page: { first?: number | null; after?: string | null }, asked: object[] = []) =>
  namedPage(page, async (after, { limit }) => {
    asked.push(after);
    return rows.slice(0, limit);
  });

describe('a page of a list sorted by name', () => {
  it.each([undefined, null, 0, -1, 101, 1e9])('FIRST_REQUIRED: first cannot be %s', async (first) => {
    await expect(list({ first })).rejects.toMatchObject({ extensions: { code: 'FIRST_REQUIRED' } });
  });

  it('knows whether something follows by the one row more that was read', async () => {
    const page = await list({ first: 2 });
    expect(page.edges.map((edge) => edge.node.searchName)).toEqual(['ana', 'bia']);
    expect(page.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: page.edges[0]?.cursor,
      endCursor: page.edges[1]?.cursor,
    });
    expect((await list({ first: 3 })).pageInfo.hasNextPage).toBe(false);
  });

  it('goes on after a cursor, by name and then id', async () => {
    const { endCursor } = (await list({ first: 2 })).pageInfo;
    const asked: object[] = [];
    await list({ first: 2, after: endCursor }, asked);
    await list({ first: 2 }, asked);
    expect(asked).toEqual([{ $or: [{ searchName: { $gt: 'bia' } }, { searchName: 'bia', id: { $gt: demoId('con', 'bia') } }] }, {}]);
  });

  it.each(['', 'nonsense', btoa('{}'), btoa('["a"]'), btoa('["a",{"$ne":null}]'), btoa('["a","\\u0000"]')])(
    'refuses %j as a cursor',
    async (after) => {
      await expect(list({ first: 2, after })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );
});

describe('rows by the words of their name', () => {
  it('are those that hold every word, of at most eight; without a word there are none', () => {
    expect(named('Souza aná')).toEqual({ $and: [{ searchName: { $like: '%souza%' } }, { searchName: { $like: '%ana%' } }] });
    expect(named('a '.repeat(10_000))).toMatchObject({ $and: { length: 8 } });
    expect(named(' %_ ')).toEqual({ id: '' });
  });
});
