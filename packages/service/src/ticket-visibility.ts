import { hasRole, sqlHasRole, sqlSetting, type Viewer, wholeOrganizations } from './viewer.ts';

/** What decides who sees a ticket and all that is bound to it, wherever it is kept. */
export interface TicketFacts {
  organizationId: string;
  /** The contact in whose name it stands. */
  requesterId: string;
  groupId: string | null;
  /** Ombudsman tickets: only their requester and the ombudsman group, whoever else asks. */
  restricted: boolean;
  /** Analysts bound to it: assignee, who opened or escalated it, followers. */
  analystIds: string[];
}

/** A contact sees its own tickets or all of its organization's; staff the queues of their groups and their own; supervisors all. */
export function seesTicket(viewer: Viewer, ticket: TicketFacts): boolean {
  if (viewer.contacts.some((contact) => contact.id === ticket.requesterId)) return true;
  if (ticket.restricted) return hasRole(viewer, 'OMBUDSMAN');
  return (
    hasRole(viewer, 'SUPERVISOR') ||
    wholeOrganizations(viewer).includes(ticket.organizationId) ||
    (ticket.groupId !== null && viewer.groups.includes(ticket.groupId)) ||
    (viewer.analystId !== null && ticket.analystIds.includes(viewer.analystId))
  );
}

/** The same rule as SQL over a table with columns of these names, for row-level security. */
export const sqlSeesTicket = `(requester_id = any(${sqlSetting('contacts')}) or case when restricted
    then ${sqlHasRole('OMBUDSMAN')}
    else ${sqlHasRole('SUPERVISOR')}
      or organization_id = any(${sqlSetting('whole_organizations')})
      or group_id = any(${sqlSetting('groups')})
      or nullif(current_setting('app.analyst', true), '') = any(analyst_ids) end)`;
