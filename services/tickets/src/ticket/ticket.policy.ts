import { hasRole, isStaff, policy, seesTicket, type Viewer } from '@atende/service';
import { mayMove, type TicketAction, type TicketMove } from '../lifecycle/ticket-status.ts';
import type { Comment } from './comment.ts';
import type { Ticket } from './ticket.ts';

/** Something is done by a person, never by a class of them. */
export const byPerson = policy('byPerson', (viewer) => viewer.kind === 'PERSON' && viewer.roles.length > 0);
export const byStaff = policy('byStaff', (viewer) => viewer.kind === 'PERSON' && isStaff(viewer));
export const bySupervisor = policy('bySupervisor', (viewer) => viewer.kind === 'PERSON' && hasRole(viewer, 'SUPERVISOR'));

export const ticketSeen = policy('ticketSeen', (viewer, ticket: Ticket) => seesTicket(viewer, ticket));

/** The ticket of a comment was admitted before it; what is left is that notes are internal. */
export const commentSeen = policy('commentSeen', (viewer, comment: Comment) => !comment.internal || isStaff(viewer));

/** On which side of this ticket the viewer stands: the contact of its organization, or the analyst. Null: on neither. */
export function standing(viewer: Viewer, ticket: Ticket): { side: 'CLIENT' | 'SUPPORT'; actorId: string } | null {
  const contact = viewer.contacts.find(({ organizationId }) => organizationId === ticket.organizationId);
  if (contact) return { side: 'CLIENT', actorId: contact.id };
  return viewer.analystId ? { side: 'SUPPORT', actorId: viewer.analystId } : null;
}

const onSide =
  (side: 'CLIENT' | 'SUPPORT') =>
  (viewer: Viewer, ticket: Ticket): boolean =>
    standing(viewer, ticket)?.side === side;
const client = onSide('CLIENT');
const support = onSide('SUPPORT');
const requester = (viewer: Viewer, ticket: Ticket): boolean => viewer.contacts.some(({ id }) => id === ticket.requesterId);
const isOver = ({ status }: Ticket): boolean => status === 'CLOSED' || status === 'CANCELLED';

/** A client's reply on a closed ticket opens a linked one, so it takes the right to open. */
export const mayFollowUp = (viewer: Viewer, { status, organizationId }: Ticket): boolean =>
  status === 'CLOSED' && viewer.contacts.some((contact) => contact.organizationId === organizationId && contact.mayOpen);

const standsSomewhere = (viewer: Viewer, ticket: Ticket): boolean => standing(viewer, ticket) !== null;

interface Rule {
  /** Who, whatever the status: anybody else is FORBIDDEN. */
  who(viewer: Viewer, ticket: Ticket): boolean;
  /** When: otherwise the verb refuses, naming the status. */
  when(ticket: Ticket, viewer: Viewer): boolean;
}

const when =
  (move: TicketMove) =>
  ({ status }: Ticket): boolean =>
    mayMove(move, status);

/** Who may do what, and when. The mutations ask `who`; `allowedActions` asks both. */
export const rules: Record<TicketAction, Rule> = {
  REPLY: { who: standsSomewhere, when: (ticket, viewer) => !isOver(ticket) || mayFollowUp(viewer, ticket) },
  ADD_NOTE: { who: support, when: () => true },
  REQUEST_INFORMATION: { who: support, when: when('requestInformation') },
  PROPOSE_SOLUTION: { who: support, when: when('proposeSolution') },
  ACCEPT_SOLUTION: { who: client, when: when('acceptSolution') },
  REFUSE_SOLUTION: { who: client, when: when('refuseSolution') },
  CANCEL: { who: requester, when: when('cancel') },
  TAKE: { who: support, when: (ticket, viewer) => mayMove('take', ticket.status) && ticket.assigneeId !== viewer.analystId },
  CLASSIFY: { who: support, when: when('classify') },
};

export const allowedActions = (viewer: Viewer, ticket: Ticket): TicketAction[] =>
  (Object.keys(rules) as TicketAction[]).filter((action) => rules[action].who(viewer, ticket) && rules[action].when(ticket, viewer));
