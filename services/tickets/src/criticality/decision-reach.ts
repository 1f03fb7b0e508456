import { type CriticalityInput, type CriticalityRow, type Factor, factors, nothingSaid } from './criticality.ts';

/** How many values may still be tried; a table that needs more is too entangled to be judged. */
export interface Patience {
  left: number;
}
export const usualPatience = (): Patience => ({ left: 10_000 });

/**
 * Facts that this row decides. Null: every ticket that it asks for is decided by rows above. Undefined: patience ran out.
 * A factor that the row does not ask about is left out: a row above that asks about it misses.
 */
export function factsReaching(
  rows: readonly CriticalityRow[],
  index: number,
  patience = usualPatience(),
): CriticalityInput | null | undefined {
  const row = rows[index];
  if (!row) return null;
  const facts = settle(row, rivalsOf(rows, index), askedBy(row), patience);
  return facts ? { ...nothingSaid, ...facts } : patience.left < 0 ? undefined : null;
}

/** Rows above that some ticket of this row meets: the one alone that takes all of them, where there is one. */
export function shadowsOf(rows: readonly CriticalityRow[], index: number): CriticalityRow[] {
  const row = rows[index];
  const rivals = rivalsOf(rows, index);
  const alone = rivals.find((rival) =>
    askedBy(rival).every((factor) => valuesOf(row, factor).every((value) => takes(rival, factor, value))),
  );
  return alone ? [alone] : rivals;
}

const askedBy = ({ when }: CriticalityRow): Factor[] => factors.filter((factor) => when[factor] !== undefined);
const valuesOf = (row: CriticalityRow | undefined, factor: Factor): readonly unknown[] => row?.when[factor] ?? [];
const takes = ({ when }: CriticalityRow, factor: Factor, value: unknown): boolean =>
  (when[factor] as readonly unknown[] | undefined)?.includes(value) ?? true;

/** Rows above that ask about nothing that this one leaves open, and with it about nothing in vain. */
const rivalsOf = (rows: readonly CriticalityRow[], index: number): CriticalityRow[] =>
  rows
    .slice(0, index)
    .filter((above) => askedBy(above).every((factor) => valuesOf(rows[index], factor).some((value) => takes(above, factor, value))));

/** Chooses a value for one factor after the other until every rival has missed; first those that leave the fewest. */
function settle(
  row: CriticalityRow,
  rivals: readonly CriticalityRow[],
  [factor, ...rest]: readonly Factor[],
  patience: Patience,
): Partial<CriticalityInput> | null {
  if (!factor) return rivals.length === 0 ? {} : null;
  const values = valuesOf(row, factor);
  patience.left -= values.length;
  if (patience.left < 0) return null;
  const ways = values.map((value) => ({ value, left: rivals.filter((rival) => takes(rival, factor, value)) }));
  for (const { value, left } of ways.sort((a, b) => a.left.length - b.left.length)) {
    const found = settle(row, left, rest, patience);
    if (found) return { [factor]: value, ...found };
    if (left.length === rivals.length) return null; // no value of this factor makes a difference
  }
  return null;
}
