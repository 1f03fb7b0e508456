import { ErrorCode, type EventRow, hasRole, isStaff, RequestError, seesTicket, type Viewer } from '@atende/service';
import type { Ticket } from '../ticket/ticket.ts';
import { passes, type TicketFilter } from '../ticket/ticket-filter.ts';
import type { Change } from './ticket-ledger.ts';

/** What a class of watchers learns of an event: whether its filter matches the ticket now, or that each of its persons must be asked. */
export interface Audience {
  matches: boolean;
  perPerson: boolean;
}

/** The arguments of a subscription. */
export interface Wanted {
  filter?: TicketFilter | null;
}

/** An event and what its ticket was like around it. */
export interface Happening {
  event: EventRow;
  /** The ticket now. */
  ticket: Ticket;
  /** What of it was different right after the event. */
  after: Change;
}

/**
 * What happened to a ticket at an event, when more has happened since: from now back to it, each later event undone. Without
 * this, a watcher's list could keep a ticket for ever whose way out fell between two events. `later`: events after it.
 */
export function happening(event: EventRow, ticket: Ticket, later: readonly EventRow[]): Happening {
  const backwards = later.toSorted((a, b) => b.version - a.version);
  return { event, ticket, after: Object.assign({}, ...backwards.map(beforeOf)) };
}

/** Throws BAD_USER_INPUT for a filter that no event can be compared with. */
export function mustBeFollowable({ filter }: Wanted): void {
  if (filter?.text) throw new RequestError(ErrorCode.BAD_USER_INPUT, '`text` cannot be followed live: leave it out of the filter.');
}

/** Decides for one class of watchers; null: it gets no frame. An event reaches a filter when the ticket matched before or after it, or does now. */
export function audienceOf({ event, ticket, after }: Happening, viewer: Viewer, { filter }: Wanted): Audience | null {
  if (event.audience === 'SYSTEM' || (event.audience === 'INTERNAL' && !isStaff(viewer))) return null;
  const wanted = filter ?? {};
  const matches = passes(ticket, wanted);
  const wasAfter = { ...ticket, ...after };
  const wasBefore = { ...wasAfter, ...beforeOf(event) };
  if (!matches && !passes(wasAfter, wanted) && !passes(wasBefore, wanted)) return null;
  if (seesTicket(viewer, ticket)) return { matches, perPerson: false };
  return viewer.kind === 'CLASS' && mayBeBound(viewer, ticket) ? { matches: false, perPerson: true } : null;
}

const beforeOf = ({ data }: EventRow): Change => (data.before as Change | undefined) ?? {};

/**
 * Whether some person of this class may see the ticket though the class does not: an analyst bound to it, or the requester
 * of a restricted one. People with own tickets only are asked as themselves.
 */
const mayBeBound = (viewer: Viewer, ticket: Ticket): boolean =>
  ticket.restricted
    ? viewer.contacts.some((contact) => contact.organizationId === ticket.organizationId)
    : hasRole(viewer, 'ANALYST') && ticket.analystIds.length > 0;
