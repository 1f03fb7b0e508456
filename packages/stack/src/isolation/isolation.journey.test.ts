import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { WITHOUT_BUDGETS } from '../environment.ts';
import { type Person, Portal } from '../journeys/portal.ts';
import { services } from '../services.ts';
import { type Stack, startStack } from '../stack.ts';
import { emails, mayAsk, people, signedIn, type Who } from './access.ts';
import { Asker, type Outcome } from './asker.ts';
import { entitiesOf, ServiceAsker } from './entities.ts';
import { type Operation, operationsOf, withId } from './operations.ts';
import { makeWorld, type Thing } from './world.ts';

let stack: Stack;
let dataDir: string;
let schema: GraphQLSchema;
let operations: Operation[];
let asker: Asker;
let as: Record<Exclude<Who, 'nobody'>, Person>;
let things: Thing[];
const counts = { fields: 0, cases: 0, denied: 0, shown: 0 };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atende-isolation-'));
  stack = await startStack({ dataDir, ports: 'ephemeral', demo: true, gateway: WITHOUT_BUDGETS });
  const portal = new Portal(stack.url);
  as = {} as typeof as; // one after the other: each sign-in is a fifth of a second of a processor, on purpose
  for (const who of signedIn as (keyof typeof as)[]) as[who] = await portal.as(emails[who]);
  things = await makeWorld(as);
  schema = buildSchema(await (await fetch(`${stack.url}/schema.graphql`)).text());
  asker = new Asker(portal, as);
  operations = await affordable(schema);
  counts.fields = operations.length;
}, 240_000);
afterAll(async () => {
  process.stdout.write(
    `isolation matrix: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}\n`,
  );
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

/** Every root field with the deepest selection that the gateway's cost limit lets through. */
async function affordable(from: GraphQLSchema): Promise<Operation[]> {
  const depths = [3, 2, 1, 0].map((depth) => operationsOf(from, depth));
  return Promise.all(
    depths[0]!.map(async (deepest, index) => {
      if (deepest.kind !== 'query') return deepest;
      for (const operation of depths.map((at) => at[index]!)) {
        const { codes } = await asker.ask('carla', operation.document, operation.variables);
        if (!codes.includes('TOO_COMPLEX')) return operation;
      }
      throw new Error(`${deepest.field} cannot be asked at all`);
    }),
  );
}

/** Nothing that this person may not see stands anywhere in an answer. */
function leaks(who: Who, { text }: Outcome): string[] {
  return things
    .filter(({ seenBy }) => !seenBy.includes(who))
    .flatMap(({ name, words }) => (words.some((word) => text.includes(word)) ? [name] : []));
}

const absentLike = (id: string): string => `${id.slice(0, -8)}zzzzzzzz`;
const harmless = ({ kind, field }: Operation): boolean => kind === 'query' && field !== 'node';

describe('the isolation matrix', () => {
  it('knows every root field', () => {
    expect(operations.map(({ field }) => field).filter((field) => !mayAsk[field])).toEqual([]);
  });

  it('lets only those ask who may, and shows nobody what is another’s', async () => {
    const faults: string[] = [];
    for (const operation of operations.filter(harmless)) {
      for (const who of people) {
        const outcome = await asker.ask(who, operation.document, operation.variables);
        counts.cases += 1;
        const refused = outcome.codes.includes('UNAUTHENTICATED') || outcome.codes.includes('FORBIDDEN');
        if (outcome.text.includes('"locations"')) faults.push(`${operation.field}: no valid document: ${outcome.text.slice(0, 300)}`);
        if (refused !== !mayAsk[operation.field]?.includes(who)) faults.push(`${operation.field} as ${who}: ${outcome.text.slice(0, 200)}`);
        for (const leaked of leaks(who, outcome)) faults.push(`${operation.field} shows ${leaked} to ${who}`);
        counts[refused ? 'denied' : 'shown'] += 1;
      }
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('answers for a foreign id, wherever it is put, the same bytes as for one that never was', async () => {
    const faults: string[] = [];
    const shown = new Set<string>();
    const swap = async (operation: Operation, path: string[], who: Who, thing: Thing): Promise<void> => {
      const isForeign = !thing.seenBy.includes(who);
      if (!isForeign && operation.kind === 'mutation') return; // what one may change is the journeys' business
      const ask = async (id: string): Promise<Outcome> => asker.ask(who, operation.document, withId(schema, operation, path, id));
      const outcome = await ask(thing.id);
      counts.cases += 1;
      for (const leaked of leaks(who, outcome)) faults.push(`${operation.field} ${path.join('.')} shows ${leaked} to ${who}`);
      if (!isForeign) {
        if (thing.words.some((word) => outcome.text.includes(word))) shown.add(thing.name);
        return;
      }
      counts.denied += 1;
      const absent = await asker.once(`${who} ${operation.field} ${path.join('.')} ${thing.id.slice(0, 3)}`, () =>
        ask(absentLike(thing.id)),
      );
      if (outcome.text.replaceAll(thing.id, 'ID') !== absent.text.replaceAll(absentLike(thing.id), 'ID')) {
        faults.push(
          `${operation.field} ${path.join('.')} tells ${who} that ${thing.name} exists:\n  ${outcome.text.slice(0, 300)}\n  ${absent.text.slice(0, 300)}`,
        );
      }
    };
    for (const operation of operations.filter(({ kind, idPaths }) => kind !== 'subscription' && idPaths.length > 0)) {
      for (const path of operation.idPaths) {
        for (const who of signedIn) await Promise.all(things.map((thing) => swap(operation, path, who, thing)));
      }
    }
    expect(faults).toEqual([]);
    // Not vacuous: everything can be seen by somebody through some id.
    expect(things.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  }, 300_000);

  it('answers through _entities, with a valid token, null for a foreign id as for an absent one', async () => {
    const direct = new ServiceAsker(stack);
    const faults: string[] = [];
    const shown = new Set<string>();
    for (const { name: service } of services) {
      for (const { type, fields } of entitiesOf(service)) {
        const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type} { ${fields.join(' ')} } } }`;
        for (const [who, person] of Object.entries(as)) {
          const ask = (id: string): Promise<string> =>
            direct.ask(service, person.accessToken, query, { representations: [{ __typename: type, id }] });
          const judge = async (thing: Thing): Promise<void> => {
            const text = await ask(thing.id);
            counts.cases += 1;
            if (thing.seenBy.includes(who as Who)) {
              if (!text.includes('[null]')) shown.add(`${service} ${type}`);
            } else if (text.replaceAll(thing.id, 'ID') !== (await ask(absentLike(thing.id))).replaceAll(absentLike(thing.id), 'ID')) {
              faults.push(`${service} tells ${who} of ${thing.name} as ${type}: ${text.slice(0, 200)}`);
            } else counts.denied += 1;
          };
          await Promise.all(things.map(judge));
        }
      }
    }
    expect(faults).toEqual([]);
    expect([...shown]).toEqual(
      expect.arrayContaining(['tickets Ticket', 'tickets Comment', 'attachments Ticket', 'identity Contact', 'identity Organization']),
    );
  }, 120_000);

  it('finds for nobody what is another’s, in any section of a search', async () => {
    const sections = 'articles tickets contacts organizations'
      .split(' ')
      .map((section) => `${section}(first: 20) { edges { node { id } } }`);
    const search = `query ($text: String!) { search(text: $text) { ${sections.join(' ')} } }`;
    const faults: string[] = [];
    const found = new Set<string>();
    for (const { name, id, words, seenBy } of things) {
      for (const who of people) {
        const { text } = await asker.ask(who, search, { text: words[0] });
        counts.cases += 1;
        if (!text.includes(id)) continue;
        if (seenBy.includes(who)) found.add(id.slice(0, 3));
        else faults.push(`search shows ${name} to ${who}`);
      }
    }
    expect(faults).toEqual([]);
    expect([...found]).toEqual(expect.arrayContaining(['tkt', 'con', 'org', 'art']));
  }, 120_000);

  it('pushes to nobody what is another’s', async () => {
    const foreign = things.find(({ name }) => name === 'ticket of GISELE')!;
    const own = things.find(({ name }) => name === 'ticket of BRUNO')!;
    const query = 'subscription ($id: ID!) { ticketChanged(ticketId: $id) { ticket { subject } } }';
    const everything = as.bruno.watch('subscription { ticketsChanged { ticket { id subject } } }');
    const watches = [as.bruno.watch(query, { id: foreign.id }), as.bruno.watch(query, { id: absentLike(foreign.id) })];
    await Promise.all([everything, ...watches].map((watch) => watch.open));
    const pushed = watches.map((watch) => watch.next(10_000).then(JSON.stringify, (error: Error) => error.message));
    const reply = 'mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }';
    await as.gisele.get(reply, { input: { clientKey: 'isolation-live-1', ticketId: foreign.id, body: 'Olá' } });
    await as.bruno.get(reply, { input: { clientKey: 'isolation-live-2', ticketId: own.id, body: 'Olá' } });
    // Events come in order: when his own has come, the foreign one would have come before it.
    expect((await everything.next(10_000)).ticketsChanged.ticket.id).toBe(own.id);
    const [ofForeign, ofAbsent] = await Promise.all(pushed);
    expect(ofForeign).toBe(ofAbsent);
    expect(ofForeign).not.toContain('CANARIO');
    await Promise.all([everything, ...watches].map((watch) => watch.close()));
  }, 60_000);
});
