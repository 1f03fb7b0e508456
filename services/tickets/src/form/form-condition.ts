import { z } from 'zod';

export const contactChannels = ['PORTAL', 'API', 'EMAIL', 'PHONE'] as const;
export const plans = ['STANDARD', 'PRIME'] as const;
export type ContactChannel = (typeof contactChannels)[number];
export type Plan = (typeof plans)[number];

/** One sentence about the caller's situation or an earlier answer. A list means "one of". */
export type Condition =
  | { channel: ContactChannel[] }
  | { plan: Plan[] }
  | { country: string[] }
  | { bso: boolean }
  | { staff: boolean }
  | { entitled: string[] }
  | { field: string; is: (string | boolean)[] }
  | { field: string; under: string[] }
  | { answered: string }
  | { hasOptions: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

const some = <T extends z.ZodType>(item: T) => z.array(item).min(1);

const inside: z.ZodType<Condition> = z.lazy(() => conditionSchema);

/** What each kind of condition looks like, by the property that tells it from the others. */
export const conditionKinds = {
  channel: z.strictObject({ channel: some(z.enum(contactChannels)) }),
  plan: z.strictObject({ plan: some(z.enum(plans)) }),
  country: z.strictObject({ country: some(z.string().regex(/^[A-Z]{2}$/)) }),
  bso: z.strictObject({ bso: z.boolean() }),
  staff: z.strictObject({ staff: z.boolean() }),
  entitled: z.strictObject({ entitled: some(z.string().min(1)) }),
  is: z.strictObject({ field: z.string(), is: some(z.union([z.string(), z.boolean()])) }),
  under: z.strictObject({ field: z.string(), under: some(z.string().min(1)) }),
  answered: z.strictObject({ answered: z.string() }),
  hasOptions: z.strictObject({ hasOptions: z.string() }),
  all: z.strictObject({ all: some(inside) }),
  any: z.strictObject({ any: some(inside) }),
  not: z.strictObject({ not: inside }),
};

export const conditionSchema: z.ZodType<Condition> = z.union(Object.values(conditionKinds));

export const ruleSchema = z.union([z.boolean(), conditionSchema]);
export type Rule = boolean | Condition;

/** What a condition may look at: who opens, for which organization, and what was answered above. */
export interface ConditionFacts {
  channel: ContactChannel;
  staff: boolean;
  organization: { plan: Plan; country: string; bso: boolean; entitlements: readonly string[] } | null;
  /** the words that an answer can be compared with: a text, a boolean, the codes of chosen options; undefined when unanswered */
  answer(field: string): readonly (string | boolean)[] | undefined;
  /** paths of the chosen options */
  paths(field: string): readonly string[];
  hasOptions(field: string): boolean;
}

export const isUnder = (path: string, top: string): boolean => path === top || path.startsWith(`${top}/`);

/** Without an organization nothing about it holds; the evaluator says that the organization is missing. */
export function holds(rule: Rule, facts: ConditionFacts): boolean {
  if (typeof rule === 'boolean') return rule;
  const { organization } = facts;
  if ('all' in rule) return rule.all.every((part) => holds(part, facts));
  if ('any' in rule) return rule.any.some((part) => holds(part, facts));
  if ('not' in rule) return !holds(rule.not, facts);
  if ('channel' in rule) return rule.channel.includes(facts.channel);
  if ('staff' in rule) return rule.staff === facts.staff;
  if ('plan' in rule) return organization !== null && rule.plan.includes(organization.plan);
  if ('country' in rule) return organization !== null && rule.country.includes(organization.country);
  if ('bso' in rule) return rule.bso === (organization?.bso ?? false);
  if ('entitled' in rule) return rule.entitled.some((name) => organization?.entitlements.includes(name));
  if ('answered' in rule) return facts.answer(rule.answered) !== undefined;
  if ('hasOptions' in rule) return facts.hasOptions(rule.hasOptions);
  if ('under' in rule) return facts.paths(rule.field).some((path) => rule.under.some((top) => isUnder(path, top)));
  return facts.answer(rule.field)?.some((word) => rule.is.includes(word)) ?? false;
}

/** Every condition inside a rule, the nested ones too. */
export function partsOf(rule: Rule): Condition[] {
  if (typeof rule === 'boolean') return [];
  const inner = 'all' in rule ? rule.all : 'any' in rule ? rule.any : 'not' in rule ? [rule.not] : [];
  return [rule, ...inner.flatMap(partsOf)];
}

/** Keys of the fields whose answers a rule looks at. */
export const fieldsIn = (rule: Rule): string[] =>
  partsOf(rule).flatMap((part) => ('field' in part ? [part.field] : 'answered' in part ? [part.answered] : []));

export const optionProbesIn = (rule: Rule): string[] => partsOf(rule).flatMap((part) => ('hasOptions' in part ? [part.hasOptions] : []));
