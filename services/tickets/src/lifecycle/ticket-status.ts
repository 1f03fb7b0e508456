import type { CHANNELS, LEVELS, PRIORITIES, RESOLUTIONS, STAGES, TICKET_STATUSES } from '@atende/events';

export type TicketStatus = (typeof TICKET_STATUSES)[number];
export type TicketStage = (typeof STAGES)[number];
export type Level = (typeof LEVELS)[number];
export type TicketPriority = (typeof PRIORITIES)[number];
export type TicketResolution = (typeof RESOLUTIONS)[number];
export type Channel = (typeof CHANNELS)[number];

/** What can be done to a ticket, and what time does to it. */
export type TicketMove =
  | 'take'
  | 'classify'
  | 'replyAsSupport'
  | 'replyAsClient'
  | 'requestInformation'
  | 'proposeSolution'
  | 'acceptSolution'
  | 'refuseSolution'
  | 'cancel'
  | 'expire';

/** What a person may be offered to do. */
export const ticketActions = [
  'REPLY',
  'ADD_NOTE',
  'REQUEST_INFORMATION',
  'PROPOSE_SOLUTION',
  'ACCEPT_SOLUTION',
  'REFUSE_SOLUTION',
  'CANCEL',
  'TAKE',
  'CLASSIFY',
] as const;
export type TicketAction = (typeof ticketActions)[number];

/**
 * The life of a ticket as one table: where each move leads from each status. What is not here is refused.
 * A support move on NEW passes through OPEN in the same commit (two rows of history).
 */
export const transitions: Record<TicketMove, Partial<Record<TicketStatus, TicketStatus>>> = {
  take: { NEW: 'OPEN', OPEN: 'OPEN', PENDING: 'PENDING', CUSTOMER_VALIDATION: 'CUSTOMER_VALIDATION', RESOLVED: 'RESOLVED' },
  classify: { NEW: 'NEW', OPEN: 'OPEN', PENDING: 'PENDING', CUSTOMER_VALIDATION: 'CUSTOMER_VALIDATION', RESOLVED: 'RESOLVED' },
  replyAsSupport: { NEW: 'OPEN', OPEN: 'OPEN', PENDING: 'PENDING', CUSTOMER_VALIDATION: 'CUSTOMER_VALIDATION', RESOLVED: 'RESOLVED' },
  replyAsClient: { NEW: 'NEW', OPEN: 'OPEN', PENDING: 'OPEN', CUSTOMER_VALIDATION: 'OPEN', RESOLVED: 'OPEN' },
  requestInformation: { OPEN: 'PENDING', PENDING: 'PENDING' },
  proposeSolution: { OPEN: 'RESOLVED' },
  acceptSolution: { RESOLVED: 'CLOSED' },
  refuseSolution: { RESOLVED: 'OPEN' },
  cancel: { NEW: 'CANCELLED', OPEN: 'CANCELLED', PENDING: 'CANCELLED', CUSTOMER_VALIDATION: 'CANCELLED' },
  expire: { PENDING: 'CUSTOMER_VALIDATION', CUSTOMER_VALIDATION: 'CLOSED', RESOLVED: 'CLOSED' },
};

/** Moves of support that begin work: on a NEW ticket, OPEN comes first. */
export const opensFirst: ReadonlySet<TicketMove> = new Set(['requestInformation', 'proposeSolution']);

/** Whether a move is possible in this status, the step through OPEN included. */
export const mayMove = (move: TicketMove, status: TicketStatus): boolean =>
  transitions[move][status] !== undefined || (status === 'NEW' && opensFirst.has(move));

/** Who has to act next. */
export const AWAITING = ['CLIENT', 'SUPPORT', 'NOBODY'] as const;
export type Awaiting = (typeof AWAITING)[number];
export const awaitingOf: Record<TicketStatus, Awaiting> = {
  NEW: 'SUPPORT',
  OPEN: 'SUPPORT',
  PENDING: 'CLIENT',
  CUSTOMER_VALIDATION: 'CLIENT',
  RESOLVED: 'CLIENT',
  CLOSED: 'NOBODY',
  CANCELLED: 'NOBODY',
};

const DAY = 86_400_000; // ms; calendar days are the default

/** How long a ticket waits where the client is awaited before time moves it on, and how long before that it is reminded: ms. */
export interface Patience extends Record<'PENDING' | 'CUSTOMER_VALIDATION' | 'RESOLVED', number> {
  reminder: number;
}
/** What holds where nothing else is set (domain 5.1–5.3). */
export const usualPatience: Patience = { PENDING: 7 * DAY, CUSTOMER_VALIDATION: 5 * DAY, RESOLVED: 5 * DAY, reminder: DAY };

/** The timer that starts with a stay in `status`, if that status has one. */
export function timerOf(status: TicketStatus, now: Date, patience: Patience): { dueTo: TicketStatus | null; dueAt: Date | null } {
  const dueTo = transitions.expire[status];
  if (dueTo === undefined) return { dueTo: null, dueAt: null };
  return { dueTo, dueAt: new Date(now.getTime() + patience[status as keyof Patience]) };
}
