import { expect, it } from '@jest/globals';
import { may, oneOfEach, signedIn, type Who } from './access.ts';
import type { Outcome } from './asker.ts';
import type { Matrix } from './matrix.ts';
import { isAlone, manyOf, type Operation, prefixAt, withId } from './operations.ts';
import { absentLike, type Thing } from './world.ts';

const AT_ONCE = 20; // aliases that the gateway takes

const prefixOf = (id: string): string => id.slice(0, 3);

/** Nothing is foreign to who reads the audit log, or to who answers for what is held on people. */
const KNOWS_ALL: Record<string, Who> = { auditLog: 'rita', personalData: 'elisa', anonymisePerson: 'elisa' };

/** An answer without ids and moments: where something of the asker's own was made, each answer has others. */
const shapeOf = (text: string): string =>
  text.replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, 'ID').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT');

/** Asks one operation for many ids at a path, in as few requests as leave every answer its own. */
async function answersFor({ schema, asker }: Matrix, operation: Operation, path: string[], who: Who, ids: string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  if (isAlone(schema, operation)) {
    for (const id of ids) outcomes.push(await asker.ask(who, { ...operation, variables: withId(schema, operation, path, id) }));
    return outcomes;
  }
  for (let from = 0; from < ids.length; from += AT_ONCE)
    outcomes.push(...(await asker.askMany(who, manyOf(schema, operation, path, ids.slice(from, from + AT_ONCE)))));
  return outcomes;
}

/** Of what is foreign, whatever fits the place, one of each kind of foreignness; and one ticket where tickets do not fit. */
function worthAsking(matrix: Matrix, operation: Operation, path: string[], who: Who): Thing[] {
  const foreign = matrix.things.filter(({ id }) => !matrix.sees(who, id));
  if (matrix.full) return foreign;
  const prefix = prefixAt(path, operation);
  const fitting = foreign.filter(({ id }) => prefix === '' || prefixOf(id) === prefix);
  const misfit = foreign.find(({ id }) => !fitting.some((fits) => fits.id === id) && prefixOf(id) === 'tkt');
  const kinds = new Map(fitting.map((thing) => [matrix.kindOf(who, thing.id), thing]));
  return [...kinds.values(), ...(misfit ? [misfit] : [])];
}

/** Everything foreign in every place for an id: the same bytes as for what never was. */
export async function swapEverywhere(matrix: Matrix, operations: Operation[]): Promise<string[]> {
  const { counts } = matrix;
  const faults: string[] = [];
  const swap = async (operation: Operation, path: string[], who: Who): Promise<void> => {
    const place = `${operation.field} ${path.join('.')}`;
    const foreign = worthAsking(matrix, operation, path, who);
    const absent = [...new Map(foreign.map(({ id }) => [prefixOf(id), absentLike(id)])).values()];
    const outcomes = await answersFor(matrix, operation, path, who, [...absent, ...foreign.map(({ id }) => id)]);
    const like = new Map(absent.map((id, at) => [prefixOf(id), shapeOf(outcomes[at]?.text ?? '')]));
    for (const [at, { id, name }] of foreign.entries()) {
      const text = outcomes[absent.length + at]?.text ?? '';
      matrix.sightings.collect(who, place, outcomes[absent.length + at]?.data);
      const expected = like.get(prefixOf(id));
      if (shapeOf(text) !== expected)
        faults.push(`${place} tells ${who} that ${name} exists:\n  ${text.slice(0, 300)}\n  ${expected?.slice(0, 300)}`);
      for (const leaked of matrix.leaks(who, text)) faults.push(`${place} shows ${leaked} to ${who}`);
    }
    counts.cases += foreign.length;
    counts.denied += foreign.length;
  };
  const askers = matrix.full ? signedIn : oneOfEach;
  for (const operation of operations)
    for (const path of operation.idPaths)
      await Promise.all(
        askers.filter((who) => may(who, operation) && who !== KNOWS_ALL[operation.field]).map((who) => swap(operation, path, who)),
      );
  return faults;
}

export function foreignIds(the: () => Matrix): void {
  it('answers for a foreign id, wherever a query takes one, the same bytes as for one that never was', async () => {
    const queries = the().operations.filter(({ kind }) => kind === 'query');
    expect(await swapEverywhere(the(), queries)).toEqual([]);
  }, 240_000);
}
