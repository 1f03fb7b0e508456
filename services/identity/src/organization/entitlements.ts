export const plans = ['STANDARD', 'PRIME'] as const;
export type Plan = (typeof plans)[number];

/** What beside the plan an organization has signed: value-added services are opened under one of these. */
export const contracts = ['HOSTING', 'SERVICES'] as const;
export type Contract = (typeof contracts)[number];

const everyPlan = [
  ...['software.rm', 'software.protheus', 'software.datasul', 'software.logix', 'software.winthor', 'software.wms'],
  ...['relationship.cst', 'relationship.ombudsman', 'technical-support'],
];
const byContract: Record<Contract, string[]> = {
  HOSTING: ['value-added.cloud', 'value-added.datacenter'],
  SERVICES: ['value-added.infra', 'value-added.rmo', 'value-added.bpo-hr'],
};

/** The request types an organization may open by default, and PHONE: by its plan and its contracts. */
export function defaultEntitlements(plan: Plan, signed: readonly Contract[]): string[] {
  return [...everyPlan, ...signed.flatMap((contract) => byContract[contract]), ...(plan === 'PRIME' ? ['PHONE'] : [])];
}

/** Those of the given entitlements that need a contract which was not signed. */
export function withoutContract(entitlements: readonly string[], signed: readonly Contract[]): string[] {
  const needing = contracts.filter((contract) => !signed.includes(contract)).flatMap((contract) => byContract[contract]);
  return entitlements.filter((entitlement) => needing.includes(entitlement));
}

interface Terms {
  plan: Plan;
  contracts: readonly Contract[];
}

/** What stays and what comes when terms change: the usual ones follow, chosen ones stay as far as a contract carries them. */
export function entitlementsAfter(before: Terms & { entitlements: readonly string[] }, after: Terms): string[] {
  const usual = new Set(defaultEntitlements(before.plan, before.contracts));
  const isUsual = usual.size === new Set(before.entitlements).size && before.entitlements.every((entitlement) => usual.has(entitlement));
  if (isUsual) return defaultEntitlements(after.plan, after.contracts);
  const lost = withoutContract(before.entitlements, after.contracts);
  return before.entitlements.filter((entitlement) => !lost.includes(entitlement));
}
