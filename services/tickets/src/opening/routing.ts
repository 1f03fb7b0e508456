/** What a routing rule may look at. */
export interface RoutingFacts {
  requestType: string;
  bso: boolean;
  directToBso: boolean;
  plan: 'STANDARD' | 'PRIME';
  category: string | null;
}

/** A rule: every condition it names must hold; the most specific wins, ties by order. */
export interface RoutingRule {
  id: string;
  when: { requestType?: string[]; bso?: boolean; directToBso?: boolean; plan?: ('STANDARD' | 'PRIME')[]; category?: string[] };
  /** Code of the support group. */
  group: string;
}

export interface Routed {
  group: string;
  rule: string;
  fallback: boolean;
  /** Ids of the rules that were looked at. */
  tried: string[];
}

/** The group a ticket goes to. A fallback always exists: the last rule has no condition. */
export function route(rules: readonly RoutingRule[], facts: RoutingFacts): Routed {
  const winner = mostSpecific(rules, (rule) => fits(rule, facts));
  if (!winner) throw new Error('the last routing rule has no condition');
  return { group: winner.group, rule: winner.id, fallback: isCatchAll(winner), tried: rules.map((rule) => rule.id) };
}

/** The group that takes what has no other. */
export const fallbackOf = (rules: readonly RoutingRule[]): string => rules.find(isCatchAll)?.group ?? '';

/** Of the rules that fit, the one with most conditions; ties by order. */
export const mostSpecific = <Rule extends { when: object }>(rules: readonly Rule[], isFitting: (rule: Rule) => boolean): Rule | undefined =>
  rules
    .filter(isFitting)
    .reduce<Rule | undefined>((best, rule) => (best && specificity(best) >= specificity(rule) ? best : rule), undefined);

const specificity = ({ when }: { when: object }): number => Object.values(when).filter((condition) => condition !== undefined).length;
const isCatchAll = (rule: RoutingRule): boolean => specificity(rule) === 0;

function fits({ when }: RoutingRule, facts: RoutingFacts): boolean {
  return (
    (when.requestType?.some((type) => facts.requestType === type || facts.requestType.startsWith(`${type}.`)) ?? true) &&
    (when.bso === undefined || when.bso === facts.bso) &&
    (when.directToBso === undefined || when.directToBso === facts.directToBso) &&
    (when.plan?.includes(facts.plan) ?? true) &&
    (when.category === undefined || (facts.category !== null && when.category.includes(facts.category)))
  );
}
