import { type CriticalityInput, type CriticalityRow, type Factor, factors, nothingSaid } from './criticality.ts';

const MOST_STEPS = 10_000; // a table that needs more is too entangled to be judged

interface Search {
  row: CriticalityRow;
  stepsLeft: number;
}

/**
 * Facts that this row decides. Null: every ticket that it asks for is decided by rows above. Undefined: not found in a
 * reasonable number of steps. A factor that the row does not ask about is left out: a row above that asks about it misses.
 */
export function factsReaching(rows: readonly CriticalityRow[], index: number): CriticalityInput | null | undefined {
  const row = rows[index];
  if (!row) return null;
  const search = { row, stepsLeft: MOST_STEPS };
  const facts = settle(search, rivalsOf(rows, index), askedBy(row), nothingSaid);
  return facts ?? (search.stepsLeft < 0 ? undefined : null);
}

/** Rows above that some ticket of this row meets: the one alone that takes all of them, where there is one. */
export function shadowsOf(rows: readonly CriticalityRow[], index: number): CriticalityRow[] {
  const row = rows[index];
  const rivals = rivalsOf(rows, index);
  const alone = rivals.find(({ when }) =>
    askedBy({ when }).every((factor) => valuesOf(row, factor).every((value) => takes({ when }, factor, value))),
  );
  return alone ? [alone] : rivals;
}

const askedBy = ({ when }: Pick<CriticalityRow, 'when'>): Factor[] => factors.filter((factor) => when[factor] !== undefined);
const valuesOf = (row: CriticalityRow | undefined, factor: Factor): readonly unknown[] => row?.when[factor] ?? [];
const takes = ({ when }: Pick<CriticalityRow, 'when'>, factor: Factor, value: unknown): boolean =>
  (when[factor] as readonly unknown[] | undefined)?.includes(value) ?? true;

/** Rows above that ask about nothing that this one leaves open, and with it about nothing in vain. */
const rivalsOf = (rows: readonly CriticalityRow[], index: number): CriticalityRow[] =>
  rows
    .slice(0, index)
    .filter((above) => askedBy(above).every((factor) => valuesOf(rows[index], factor).some((value) => takes(above, factor, value))));

/** Chooses a value for one factor after the other until every rival has missed. */
function settle(search: Search, rivals: CriticalityRow[], [factor, ...rest]: Factor[], facts: CriticalityInput): CriticalityInput | null {
  search.stepsLeft -= 1;
  if (search.stepsLeft < 0) return null;
  if (!factor) return rivals.length === 0 ? facts : null;
  for (const value of valuesOf(search.row, factor)) {
    const alive = rivals.filter((rival) => takes(rival, factor, value));
    const found = settle(search, alive, rest, { ...facts, [factor]: value });
    if (found) return found;
  }
  return null;
}
