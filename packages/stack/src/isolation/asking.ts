import { expect, it } from '@jest/globals';
import { type GraphQLInterfaceType, isObjectType } from 'graphql';
import { may, mayAsk, people } from './access.ts';
import type { Matrix } from './matrix.ts';
import { withId } from './operations.ts';
import { visible } from './visible.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** Every root field, type and field: who may ask, and what is shown of what comes back, however deep it lies. */
export function asking(the: () => Matrix): void {
  it('knows every root field, every type and every field', () => {
    const { operations, schema } = the();
    const unknown = operations.map(({ field }) => field).filter((field) => !mayAsk[field]);
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__') || ROOTS.includes(type.name)) continue;
      const known = new Set(visible[type.name]?.shown.flatMap(([, fields]) => fields) ?? []);
      unknown.push(...Object.keys(type.getFields()).filter((field) => !known.has(field)).map((field) => `${type.name}.${field}`)); // biome-ignore format: one sentence
    }
    expect(unknown).toEqual([]);
  });

  it('lets only those ask who may, and shows nobody what is another’s', async () => {
    const { operations, asker, counts, sightings } = the();
    const faults: string[] = [];
    for (const operation of operations.filter(({ kind, field }) => kind === 'query' && field !== 'node')) {
      const askAs = async (who: (typeof people)[number]): Promise<void> => {
        const { text, codes, data } = await asker.ask(who, operation);
        counts.cases += 1;
        const refused = codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN');
        if (text.includes('"locations"')) faults.push(`${operation.field}: no valid document: ${text.slice(0, 300)}`);
        if (refused !== !may(who, operation)) faults.push(`${operation.field} as ${who}: ${text.slice(0, 200)}`);
        for (const leaked of the().leaks(who, text)) faults.push(`${operation.field} shows ${leaked} to ${who}`);
        sightings.collect(who, operation.field, data);
        counts[refused ? 'denied' : 'shown'] += 1;
      };
      await Promise.all(people.map(askAs));
    }
    expect(faults).toEqual([]);
  }, 240_000);

  it('shows of each thing, and of all that hangs on it, to each person what the policy says', async () => {
    const { operations, asker, counts, sightings, schema, things } = the();
    const faults: string[] = [];
    const shown = new Set<string>();
    const nodes = new Set(schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType).map(({ name }) => name));
    const entered = things.filter(({ id }) => nodes.has(the().typeOf(id)));
    for (const operation of operations.filter(({ kind, field }) => kind === 'query' && field in ENTRIES)) {
      for (const { name, id } of entered.filter((thing) => thing.id.startsWith(ENTRIES[operation.field] ?? ''))) {
        const askAs = async (who: (typeof people)[number]): Promise<void> => {
          const { text, data } = await asker.ask(who, { ...operation, variables: withId(schema, operation, ['id'], id) });
          counts.cases += 1;
          for (const leaked of the().leaks(who, text)) faults.push(`${operation.field} of ${name} shows ${leaked} to ${who}`);
          sightings.collect(who, `${operation.field} of ${name}`, data);
          const isShown = ((data as Record<string, unknown> | null)?.[operation.field] ?? null) !== null;
          if (isShown !== the().sees(who, id)) faults.push(`${operation.field} of ${name} as ${who}: ${text.slice(0, 200)}`);
          if (isShown) shown.add(name);
          counts[isShown ? 'shown' : 'denied'] += 1;
        };
        await Promise.all(people.map(askAs));
      }
    }
    const held = operations.find(({ field }) => field === 'personalData');
    const persons = things.filter(({ id }) => the().typeOf(id) === 'Person');
    for (const { id } of held ? persons : [])
      for (const who of people)
        sightings.collect(who, 'personalData', (await asker.ask(who, { ...held!, variables: { personId: id } })).data);
    expect(faults).toEqual([]);
    // Not vacuous: everything can be seen by somebody.
    expect(entered.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  }, 240_000);
}

/** Where things are entered by their id, and what the ids there begin with. */
const ENTRIES: Record<string, string> = { node: '', ticket: 'tkt', attachment: 'att', article: 'art', organization: 'org' };
