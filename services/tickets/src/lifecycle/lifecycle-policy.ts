import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { mostSpecific } from '../opening/routing.ts';
import type { Patience } from './ticket-status.ts';

const WEEK = 604_800_000; // ms
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const DURATION = /^P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/;

/** An ISO 8601 duration of weeks, days, hours and minutes, in ms. A calendar day has 24 hours. Null: it is none, or empty. */
export function durationOf(iso: string): number | null {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0] = DURATION.exec(iso) ?? [];
  return Number(weeks) * WEEK + Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE || null;
}

const duration = z.string().refine((iso) => durationOf(iso) !== null, 'a duration like P7D, P1DT12H or PT30M');

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  /** Every condition that is named must hold. */
  when: z.strictObject({
    requestType: z.array(z.string()).min(1).optional(),
    plan: z
      .array(z.enum(['STANDARD', 'PRIME']))
      .min(1)
      .optional(),
    organizationId: z.array(z.string()).min(1).optional(),
  }),
  pending: duration,
  customerValidation: duration,
  resolved: duration,
  /** How long before each of them runs out it is reminded of. */
  reminder: duration,
});
export type LifecycleRule = z.infer<typeof ruleSchema>;

/** How long tickets wait, as supervisors set it: the most specific rule holds, ties by order; the last one always does. */
export const lifecycleSchema = z
  .array(ruleSchema)
  .refine(
    (rules) => Object.keys(rules.at(-1)?.when ?? { none: true }).length === 0,
    'the last rule must hold always: leave its conditions out',
  );

/** One row per edition; the newest holds. A running timer keeps the moment that it was set to. */
const LifecyclePolicySchema = defineEntity({
  name: 'LifecyclePolicy',
  tableName: 'lifecycle_policy',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: 'true' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    edition: p.integer().primary().autoincrement(false),
    rules: p.json<LifecycleRule[]>(),
    at: p.datetime(3),
  }),
});
export class LifecyclePolicy extends LifecyclePolicySchema.class {}
LifecyclePolicySchema.setClass(LifecyclePolicy);

export interface LifecycleFacts {
  requestType: string;
  organizationId: string;
  plan: 'STANDARD' | 'PRIME' | null;
}

/** How long a ticket waits by these rules. */
export function patienceBy(rules: readonly LifecycleRule[], { requestType, organizationId, plan }: LifecycleFacts): Patience {
  const isFitting = ({ when }: LifecycleRule): boolean =>
    (when.requestType?.includes(requestType) ?? true) &&
    (when.organizationId?.includes(organizationId) ?? true) &&
    (when.plan === undefined || (plan !== null && when.plan.includes(plan)));
  const rule = mostSpecific(rules, isFitting);
  if (!rule) throw new Error('the last rule of the life cycle has no condition');
  const ms = (iso: string): number => durationOf(iso) ?? 0;
  return {
    PENDING: ms(rule.pending),
    CUSTOMER_VALIDATION: ms(rule.customerValidation),
    RESOLVED: ms(rule.resolved),
    reminder: ms(rule.reminder),
  };
}
