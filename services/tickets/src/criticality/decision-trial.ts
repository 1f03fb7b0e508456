import {
  barsOf,
  type CriticalityDecision,
  type CriticalityInput,
  type CriticalityTable,
  decideCriticality,
  type Factor,
  missedBy,
} from './criticality.ts';

/** A condition that did not hold: what the row asks for, and what was said. */
export interface Missed {
  factor: Factor;
  asked: string[];
  given: string | null;
}

export interface Trial {
  facts: CriticalityInput;
  /** null: the table has no row */
  decision: CriticalityDecision | null;
  /** every row above the one that decides, and why it does not */
  passed: { rule: string; missed: Missed[] }[];
  /** what bars immediate attention, whether or not a stoppage was said */
  barredBy: Factor[];
}

/** Which row decides on these facts, and why no row above it does. */
export function tryTable(table: CriticalityTable, facts: CriticalityInput): Trial {
  const decision = table.rows.length === 0 ? null : decideCriticality(table, facts);
  const above = table.rows.slice(
    0,
    table.rows.findIndex(({ id }) => id === decision?.rule),
  );
  const passed = above.map(({ id, when }) => ({
    rule: id,
    missed: missedBy(when, facts).map((factor) => ({ factor, asked: (when[factor] ?? []).map(String), given: wordOf(facts[factor]) })),
  }));
  return { facts, decision, passed, barredBy: barsOf(facts) };
}

const wordOf = (given: CriticalityInput[Factor]): string | null => (given === null ? null : String(given));
