import { z } from 'zod';
import { environmentKinds } from '../catalogue/catalogue.ts';
import { type Plan, plans } from '../form/form-condition.ts';
import { localizedSchema } from '../form/form-text.ts';

export const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export const businessStoppages = ['NONE', 'INVOICING_STOPPED', 'SHIPPING_STOPPED'] as const;
export type Severity = (typeof severities)[number];
export type Priority = (typeof priorities)[number];
export type BusinessStoppage = (typeof businessStoppages)[number];

const oneOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).optional();
const code = z.string().min(1);

/** What a row asks for: each named factor is one of these. What a row does not name is "any". */
const whenSchema = z.strictObject({
  category: oneOf(code),
  origin: oneOf(code),
  effect: oneOf(code),
  impact: oneOf(code),
  plan: oneOf(z.enum(plans)),
  environmentKind: oneOf(z.enum(environmentKinds)),
  businessStoppage: oneOf(z.enum(businessStoppages)),
  inClientCustomization: oneOf(z.boolean()),
});

const rowSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a row id has small letters, digits and "-"'),
  when: whenSchema,
  value: z.enum(severities),
  /** why, as the ticket shows it */
  reason: localizedSchema,
});

export type CriticalityRow = z.infer<typeof rowSchema>;
export type Conditions = CriticalityRow['when'];

/** The rows of a decision table as data: the first that matches decides. What makes sense of them: decision-faults.ts. */
export const decisionRowsSchema = z.array(rowSchema).min(1);

/** An edition of the table, or rows that nobody saved yet. */
export interface CriticalityTable {
  edition: number | null;
  rows: readonly CriticalityRow[];
}

/** What is looked at, in the order in which people are told of it. */
export const factors = Object.keys(whenSchema.shape) as Factor[];
export type Factor = keyof typeof whenSchema.shape;

type Inputs = { [Name in Factor]-?: NonNullable<z.infer<typeof whenSchema>[Name]>[number] | null };

/** Codes of what was answered; null where nothing was. */
export type CriticalityInput = Inputs;

export const nothingSaid = Object.fromEntries(factors.map((factor) => [factor, null])) as CriticalityInput;

export interface CriticalityDecision {
  value: Severity;
  /** of the table; null: of rows that nobody saved */
  edition: number | null;
  /** id of the row that decided */
  rule: string;
  reason: CriticalityRow['reason'];
  immediateAttention: ImmediateAttention | null;
}

export type ImmediateAttention = 'INVOICING_STOPPED' | 'SHIPPING_STOPPED';

/** The first row that matches. A factor that is missing matches "any" only: nothing is decided by what nobody said. */
export function decideCriticality({ edition, rows }: CriticalityTable, input: CriticalityInput): CriticalityDecision {
  const row = rows.find(({ when }) => missedBy(when, input).length === 0) ?? rows.at(-1);
  if (!row) throw new Error('a decision table has at least one row');
  return { value: row.value, edition, rule: row.id, reason: row.reason, immediateAttention: immediateAttentionOf(input) };
}

/** The factors by which these conditions do not hold. */
export const missedBy = (when: Conditions, input: CriticalityInput): Factor[] =>
  (Object.keys(when) as Factor[]).filter((factor) => {
    const asked: readonly unknown[] | undefined = when[factor];
    return asked !== undefined && !asked.includes(input[factor]);
  });

/** Only a business at a standstill, and never where something bars it (4.2). */
export const immediateAttentionOf = (input: CriticalityInput): ImmediateAttention | null => {
  const { businessStoppage } = input;
  return businessStoppage === null || businessStoppage === 'NONE' || barsOf(input).length > 0 ? null : businessStoppage;
};

/** What bars immediate attention: an implementation, an environment other than production, the client's own code. */
export const barsOf = ({ origin, environmentKind, inClientCustomization }: CriticalityInput): Factor[] => [
  ...(origin === 'IMPLEMENTATION' ? (['origin'] as const) : []),
  ...((environmentKind ?? 'PRODUCTION') === 'PRODUCTION' ? [] : (['environmentKind'] as const)),
  ...(inClientCustomization === true ? (['inClientCustomization'] as const) : []),
];

const priorityOfSeverity: Record<Severity, Priority> = { LOW: 'LOW', MEDIUM: 'NORMAL', HIGH: 'HIGH', CRITICAL: 'URGENT' };

/** Severity begins as criticality, priority as it was asked for or else from severity; then only agreed proposals move them (4.3). */
export const beginsAs = (criticality: Severity, requested: Priority | null): { severity: Severity; priority: Priority } => ({
  severity: criticality,
  priority: requested ?? priorityOfSeverity[criticality],
});

/** The table's factors as the answers of a ticket tell them. */
export const criticalityInput = (
  canonical: Omit<CriticalityInput, 'plan' | 'businessStoppage'> & { businessStoppage: string | null },
  plan: Plan | null,
): CriticalityInput => {
  const { category, origin, effect, impact, environmentKind, businessStoppage, inClientCustomization } = canonical;
  const stoppage = businessStoppages.find((known) => known === businessStoppage) ?? null;
  return { category, origin, effect, impact, plan, environmentKind, businessStoppage: stoppage, inClientCustomization };
};
