import { expect, it } from '@jest/globals';
import { signedIn, type Who } from './access.ts';
import type { Matrix } from './matrix.ts';
import { withId } from './operations.ts';
import { absentLike } from './world.ts';

const FRAGMENTS =
  'fragment T on Ticket { __typename id subject ...R comments(first: 5) { edges { node { __typename id body internal } } } } fragment R on Ticket { requester { __typename id name email } }';

/** Many ids in one operation, many people at one moment: each gets what they get alone. */
export function crowd(the: () => Matrix): void {
  it('mixes up nothing in one operation: aliases and fragments of one field with own, foreign and absent ids', async () => {
    const { things, asker, sightings } = the();
    const tickets = things.filter(({ id }) => id.startsWith('tkt')).map(({ id }) => id);
    const ids = [...tickets, absentLike(tickets[0] ?? ''), ...tickets.toReversed()].slice(0, 20);
    const declared = ids.map((_, at) => `$i${at}: ID!`).join(', ');
    const document = `query (${declared}) { ${ids.map((_, at) => `a${at}: ticket(id: $i${at}) { ...T }`).join(' ')} } ${FRAGMENTS}`;
    const variables = Object.fromEntries(ids.map((id, at) => [`i${at}`, id]));
    const together: string[] = [];
    const alone: string[] = [];
    const askAs = async (who: Who): Promise<void> => {
      const { data } = await asker.ask(who, { document, variables });
      sightings.collect(who, 'aliases', data);
      for (const [at, id] of ids.entries()) {
        const one = await asker.ask(who, { document: `query ($id: ID!) { a: ticket(id: $id) { ...T } } ${FRAGMENTS}`, variables: { id } });
        together.push(`${who} ${id} ${JSON.stringify((data as Record<string, unknown>)[`a${at}`])}`);
        alone.push(`${who} ${id} ${JSON.stringify((one.data as Record<string, unknown>).a)}`);
      }
    };
    await Promise.all((['bruno', 'gisele', 'dora', 'carla', 'otavio'] as const).map(askAs));
    expect(together.toSorted()).toEqual(alone.toSorted());
  }, 240_000);

  it('mixes up nobody: the same operations by everybody at once answer each as when they ask alone', async () => {
    const { things, asker, operations, schema } = the();
    const ids = ['ticket BRUNO', 'ticket OUVIDORIA', 'ticket GISELE'].map((name) => things.find((thing) => thing.name === name)?.id ?? '');
    const deep = operations.filter(({ kind, field }) => kind === 'query' && ['ticket', 'tickets', 'viewer'].includes(field));
    const asked = deep.flatMap((operation) =>
      operation.field === 'ticket' ? ids.map((id) => ({ ...operation, variables: withId(schema, operation, ['id'], id) })) : [operation],
    );
    const alone = new Map<string, string>();
    for (const who of signedIn)
      for (const [at, operation] of asked.entries()) alone.set(`${who} ${at}`, (await asker.ask(who, operation)).text);
    const differing: string[] = [];
    const askAs = async (who: Who, at: number): Promise<void> => {
      const { text } = await asker.ask(who, asked[at]!);
      the().counts.cases += 1;
      if (withoutGrants(text) !== withoutGrants(alone.get(`${who} ${at}`) ?? ''))
        differing.push(`${who} ${asked[at]?.field}: ${text.slice(0, 300)}`);
    };
    for (let round = 0; round < (the().full ? 50 : 2); round++)
      for (const at of asked.keys()) await Promise.all(signedIn.map((who) => askAs(who, at)));
    expect(differing).toEqual([]);
  }, 240_000);
}

/** Links to files are signed anew each time. */
const withoutGrants = (text: string): string => text.replaceAll(/"downloadUrl":"[^"]*"/g, '');
