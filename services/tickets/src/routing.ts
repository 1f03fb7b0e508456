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
  const fitting = rules.filter((rule) => fits(rule, facts));
  const specificity = (rule: RoutingRule): number => Object.keys(rule.when).length;
  const winner = fitting.reduce<RoutingRule | undefined>((best, rule) => (best && specificity(best) >= specificity(rule) ? best : rule), undefined);
  if (!winner) throw new Error('the last routing rule has no condition');
  return { group: winner.group, rule: winner.id, fallback: specificity(winner) === 0, tried: rules.map((rule) => rule.id) };
}

function fits({ when }: RoutingRule, facts: RoutingFacts): boolean {
  return (
    (when.requestType?.some((type) => facts.requestType === type || facts.requestType.startsWith(`${type}.`)) ?? true) &&
    (when.bso === undefined || when.bso === facts.bso) &&
    (when.directToBso === undefined || when.directToBso === facts.directToBso) &&
    (when.plan?.includes(facts.plan) ?? true) &&
    (when.category === undefined || (facts.category !== null && when.category.includes(facts.category)))
  );
}
