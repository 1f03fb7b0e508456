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

/** What a row asks for: each named input is one of these. What a row does not name is "any". */
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

/** The decision table as supervisors edit it: the first row that matches decides, so the last must match everything. */
export const decisionTableSchema = z
  .array(rowSchema)
  .min(1)
  .check(
    z.refine((rows) => new Set(rows.map((row) => row.id)).size === rows.length, 'two rows have the same id'),
    z.refine(
      (rows) => rows.slice(0, -1).every((row) => !isCatchAll(row)),
      'a row before the last matches everything: those after it never decide',
    ),
    z.refine((rows) => isCatchAll(rows.at(-1)), 'the last row must match everything: leave its conditions out'),
  );

const isCatchAll = (row: CriticalityRow | undefined): boolean =>
  row !== undefined && Object.values(row.when).every((asked) => asked === undefined);

type Inputs = { [Name in keyof typeof whenSchema.shape]-?: NonNullable<z.infer<typeof whenSchema>[Name]>[number] | null };

/** Codes of what was answered; null where nothing was. */
export type CriticalityInput = Inputs;

export interface CriticalityDecision {
  value: Severity;
  /** id of the row that decided */
  rule: string;
  reason: CriticalityRow['reason'];
  immediateAttention: ImmediateAttention | null;
}

export type ImmediateAttention = 'INVOICING_STOPPED' | 'SHIPPING_STOPPED';

/** The first row that matches. An input that is missing matches "any" only: nothing is decided by what nobody said. */
export function decideCriticality(table: readonly CriticalityRow[], input: CriticalityInput): CriticalityDecision {
  const row = table.find(({ when }) => matches(when, input)) ?? table.at(-1);
  if (!row) throw new Error('a decision table has at least one row');
  return { value: row.value, rule: row.id, reason: row.reason, immediateAttention: immediateAttentionOf(input) };
}

const matches = (when: CriticalityRow['when'], input: CriticalityInput): boolean =>
  Object.entries(when).every(([name, asked]) => {
    const given = input[name as keyof CriticalityInput];
    return asked === undefined || (given !== null && (asked as unknown[]).includes(given));
  });

/** Only a business at a standstill, and never in an implementation, outside production, or by the client's own code (4.2). */
export function immediateAttentionOf(input: CriticalityInput): ImmediateAttention | null {
  const { businessStoppage, origin, environmentKind, inClientCustomization } = input;
  if (businessStoppage === null || businessStoppage === 'NONE') return null;
  const isExcluded = origin === 'IMPLEMENTATION' || (environmentKind ?? 'PRODUCTION') !== 'PRODUCTION' || inClientCustomization === true;
  return isExcluded ? null : businessStoppage;
}

const priorityOfSeverity: Record<Severity, Priority> = { LOW: 'LOW', MEDIUM: 'NORMAL', HIGH: 'HIGH', CRITICAL: 'URGENT' };

/** Severity starts as criticality; from then on only an agreed proposal moves it (4.3). */
export const initialSeverity = (decision: CriticalityDecision): Severity => decision.value;

export const initialPriority = (severity: Severity, requested: Priority | null): Priority => requested ?? priorityOfSeverity[severity];

/** The table's inputs as the answers of a ticket tell them. */
export const criticalityInput = (
  canonical: Omit<CriticalityInput, 'plan' | 'businessStoppage'> & { businessStoppage: string | null },
  plan: Plan | null,
): CriticalityInput => {
  const { category, origin, effect, impact, environmentKind, businessStoppage, inClientCustomization } = canonical;
  const stoppage = businessStoppages.find((known) => known === businessStoppage) ?? null;
  return { category, origin, effect, impact, plan, environmentKind, businessStoppage: stoppage, inClientCustomization };
};
