import { hasRole, type Viewer, sqlSetting, wholeOrganizations } from './viewer.ts';

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

/** Column names of the facts, as a policy callback gets them. */
type FactColumns = Record<keyof TicketFacts, string>;

/** The same rule as SQL, for row-level security and for lists. */
export function sqlSeesTicket(c: FactColumns): string {
  return `(${c.requesterId} = any(${sqlSetting('contacts')}) or case when ${c.restricted}
    then 'OMBUDSMAN' = any(${sqlSetting('roles')})
    else 'SUPERVISOR' = any(${sqlSetting('roles')})
      or ${c.organizationId} = any(${sqlSetting('whole_organizations')})
      or ${c.groupId} = any(${sqlSetting('groups')})
      or nullif(current_setting('app.analyst', true), '') = any(${c.analystIds}) end)`;
}
