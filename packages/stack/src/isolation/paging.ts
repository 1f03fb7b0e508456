import { expect, it } from '@jest/globals';
import { people, signedIn, type Who } from './access.ts';
import type { Matrix } from './matrix.ts';

type Signed = Exclude<Who, 'nobody'>;
interface List {
  name: string;
  /** What its nodes are; facts of this type are all there is. */
  type: string;
  document: string;
}
const PAGE = 'edges { cursor node { __typename id } } pageInfo { hasNextPage endCursor }';
const list = (name: string, type: string, more = ''): List => ({
  name: `${name}${more}`,
  type,
  document: `query ($after: String) { page: ${name}(first: 60, after: $after${more}) { ${PAGE} } }`,
});
const LISTS: List[] = [
  ...['NEWEST', 'OLDEST', 'LAST_INTERACTION', 'SEVERITY'].map((order) => list('tickets', 'Ticket', `, orderBy: ${order}`)),
  list('contacts', 'Contact'),
  list('organizations', 'Organization'),
  list('articles', 'Article'),
];
const COUNTS = '{ ticketCounts { total byStatus { count } bySeverity { count } byAwaiting { count } } }';

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Lists show all of one's own and nothing else; counts count that; other people's cursors lead nowhere else. */
export function paging(the: () => Matrix): void {
  const pageOf = async (who: Who, { document }: List, after: string | null): Promise<{ page: Page | undefined; codes: string[] }> => {
    const { data, codes } = await the().asker.ask(who, { document, variables: { after } });
    the().counts.cases += 1;
    the().sightings.collect(who, document, data);
    return { page: (data as { page?: Page } | null)?.page, codes };
  };
  const allOf = async (who: Who, of: List): Promise<Page['edges']> => {
    const edges: Page['edges'] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { page }: { page: Page | undefined } = await pageOf(who, of, after);
      edges.push(...(page?.edges ?? []));
      after = page?.pageInfo.endCursor ?? null;
      more = page?.pageInfo.hasNextPage ?? false;
    }
    return edges;
  };
  const idsOf = (edges: Page['edges']): string[] => edges.map(({ node }) => node.id);

  it('lists to each person all that they may see, nothing else, and counts as much', async () => {
    const facts = [...(await the().refresh()).all()];
    const shown: string[] = [];
    const due: string[] = [];
    const askAs = async (who: Who): Promise<void> => {
      for (const of of LISTS.filter(({ type }) => type !== 'Article')) {
        const ids = idsOf(await allOf(who, of));
        const seen = facts.filter(([id, { type }]) => type === of.type && the().sees(who, id)).map(([id]) => id);
        shown.push(`${who} ${of.name}: ${ids.toSorted().join(' ')}`);
        due.push(`${who} ${of.name}: ${seen.toSorted().join(' ')}`);
      }
      const { data } = await the().asker.ask(who, { document: COUNTS, variables: {} });
      const { total, ...by } = (data as { ticketCounts: { total: number } & Record<string, { count: number }[]> }).ticketCounts;
      const seen = facts.filter(([id, { type }]) => type === 'Ticket' && the().sees(who, id)).length;
      const sums = Object.values(by).map((counts) => counts.reduce((sum, { count }) => sum + count, 0));
      shown.push(`${who} counts ${[total, ...sums]}`);
      due.push(`${who} counts ${[seen, seen, seen, seen]}`);
    };
    await Promise.all(signedIn.map(askAs));
    expect(shown.toSorted()).toEqual(due.toSorted());
  }, 240_000);

  it('shows nothing foreign after a cursor that was somebody else’s, and takes none that was forged', async () => {
    const faults: string[] = [];
    const readers = people.filter((who): who is Signed => who !== 'nobody' && signedIn.includes(who));
    for (const of of LISTS) {
      const cursors = (await allOf('elisa', of)).map(({ cursor }) => cursor);
      const forged = [
        'x',
        'null',
        '[]',
        cursors[0]?.slice(0, -3) ?? '',
        edited(cursors[0] ?? '', (key) => [...key, 1]),
        edited(cursors[0] ?? '', (key) => key.map(() => "' or 1=1 --")),
      ];
      const some = [cursors[0], cursors[Math.floor(cursors.length / 2)], cursors.at(-2)].filter((cursor) => cursor !== undefined);
      await Promise.all(
        readers.map(async (who) => {
          const own = new Set(idsOf(await allOf(who, of)));
          for (const cursor of some) {
            const { page, codes } = await pageOf(who, of, cursor);
            const foreign = idsOf(page?.edges ?? []).filter((id) => !own.has(id));
            if (foreign.length > 0 || codes.length > 0)
              faults.push(`${of.name} shows ${who} ${foreign} after a cursor of Elisa's: ${codes}`);
          }
          for (const cursor of who === 'rita' || who === 'bruno' ? forged : []) {
            const { codes } = await pageOf(who, of, cursor);
            if (codes[0] !== 'BAD_USER_INPUT') faults.push(`${of.name} takes the cursor ${cursor} from ${who}: ${codes}`);
          }
        }),
      );
    }
    expect(faults).toEqual([]);
  }, 240_000);
}

/** A cursor of ours with another key in it. */
function edited(cursor: string, change: (key: unknown[]) => unknown[]): string {
  const key = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
  return Buffer.from(JSON.stringify(change(key))).toString('base64url');
}
