import type { Conditions, CriticalityRow } from './criticality.ts';
import type { DecisionRowInput } from './decision-table.graphql.ts';

/** A row as it was written: nothing is added in any language, and what it does not ask for is left out. */
export const rowOf = ({ rule, when, value, reason: { ptBR, en, es } }: DecisionRowInput): CriticalityRow => ({
  id: rule,
  when: Object.fromEntries(Object.entries(when).filter(([, asked]) => asked !== null && asked !== undefined)) as Conditions,
  value,
  reason: { 'pt-BR': ptBR.trim(), en: (en ?? '').trim(), es: (es ?? '').trim() },
});
