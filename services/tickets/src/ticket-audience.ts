import { type EventRow, hasRole, isStaff, seesTicket, type Viewer } from '@atende/service';
import { passes, type TicketFilter } from './ticket-filter.ts';
import type { State, Ticket } from './ticket.ts';

/** What a class of watchers learns of an event: nothing, whether its filter matches, or that each of its persons must be asked. */
export interface Audience {
  matches: boolean;
  perPerson: boolean;
}

/**
 * Decides for one class of watchers. An event reaches a filter when the ticket matched before or after it. A class that
 * sees nothing as a class is asked for per person when the ticket is bound to some of them.
 */
export function audienceOf(event: EventRow, ticket: Ticket, viewer: Viewer, args: { filter?: TicketFilter | null }): Audience | null {
  if (event.audience === 'SYSTEM' || (event.audience === 'INTERNAL' && !isStaff(viewer))) return null;
  const filter = args.filter ?? {};
  if (filter.text) return null; // refused in subscriptions
  const matches = passes(ticket, filter);
  const matchedBefore = passes({ ...ticket, ...beforeOf(event) }, filter);
  if (!matches && !matchedBefore) return null;
  if (seesTicket(viewer, ticket)) return { matches, perPerson: false };
  return viewer.kind === 'CLASS' && mayBeBound(viewer, ticket) ? { matches: false, perPerson: true } : null;
}

const beforeOf = ({ data }: EventRow): Partial<Pick<State, 'status' | 'groupId' | 'assigneeId' | 'severity' | 'classification'>> => data['before'] as Partial<State>;

/** Whether somebody of this class may see the ticket by being bound to it: its analyst, or the requester of a restricted one. */
const mayBeBound = (viewer: Viewer, ticket: Ticket): boolean =>
  (!ticket.restricted && hasRole(viewer, 'ANALYST') && ticket.analystIds.length > 0) ||
  viewer.contacts.some((contact) => contact.organizationId === ticket.organizationId);
