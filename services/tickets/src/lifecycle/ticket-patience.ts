import type { EntityManager } from '@mikro-orm/postgresql';
import { OrganizationFact } from '../facts.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type LifecycleRule, patienceBy } from './lifecycle-policy.ts';
import type { Patience } from './ticket-status.ts';

/** How long this ticket waits by these rules. Its organization is looked at only where some rule asks for a plan. */
export async function patienceOf(
  rules: readonly LifecycleRule[],
  em: EntityManager,
  { requestType, organizationId }: Ticket,
): Promise<Patience> {
  const asksPlan = rules.some(({ when }) => when.plan !== undefined);
  const plan = asksPlan ? ((await em.findOne(OrganizationFact, { id: organizationId }))?.plan ?? null) : null;
  return patienceBy(rules, { requestType, organizationId, plan });
}
