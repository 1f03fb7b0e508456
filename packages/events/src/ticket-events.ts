import { defineEvent } from './define-event.ts';
import { code, count, digest, flag, id, instant, oneOf, part } from './words.ts';

const service = 'tickets';

export const TICKET_STATUSES = ['NEW', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', 'CLOSED', 'CANCELLED'] as const;
export const STAGES = ['N1', 'N2', 'MAINTENANCE', 'BUSINESS_TEAM'] as const;
export const LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export const PRIORITIES = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
export const CHANNELS = ['PORTAL', 'API', 'EMAIL', 'PHONE'] as const;
export const RESOLUTIONS = ['CLARIFICATION', 'CORRECTIVE_MAINTENANCE', 'LEGAL_COMPLIANCE', 'OTHER'] as const;

const status = () => oneOf(...TICKET_STATUSES);

/** Everything about a ticket that its life changes. Folding the `after` of all its events gives exactly its row. */
export const TicketState = part({
  status: status(),
  stage: oneOf(...STAGES),
  groupId: id('grp').nullable(),
  assigneeId: id('ana').nullable(),
  severity: oneOf(...LEVELS),
  priority: oneOf(...PRIORITIES),
  criticality: oneOf(...LEVELS),
  /** The row of the decision table that decided. */
  criticalityRule: code().nullable(),
  /** Set: needs immediate attention, for this reason. */
  immediateAttention: oneOf('INVOICING_STOPPED', 'SHIPPING_STOPPED').nullable(),
  classification: oneOf('COMPLETE', 'TO_CLASSIFY'),
  resolution: oneOf(...RESOLUTIONS).nullable(),
  /** The running timer: what the status becomes and when. */
  dueTo: status().nullable(),
  dueAt: instant().nullable(),
  /** Which stay in a status the timer belongs to: moved by a transition or a restart of that timer only. */
  stay: count(),
  lastInteractionAt: instant(),
  mergedIntoId: id('tkt').nullable(),
});

/** What a ticket is about: told when it is opened, changed only by classification. A history folds from these and the first state. */
export const TicketAbout = part({
  formId: id('frm'),
  requestType: code(),
  environmentId: id('opt').nullable(),
  productId: id('opt').nullable(),
  moduleId: id('opt').nullable(),
  /** The edition of the decision table whose row decided on criticality; `ticket.opened` tells it since v2. */
  criticalityEdition: count().nullable().optional(),
});

// Every event of a ticket says where it led, so that the history folds and live updates need no second look.
const movement = {
  fromStatus: status().nullable(),
  toStatus: status(),
  before: TicketState.partial(),
  after: TicketState.partial(),
};

const texts = { subjectDigest: digest(), descriptionDigest: digest(), answersDigest: digest() };
const message = { commentId: id('cmt'), digest: digest(), attachmentIds: id('att').array() };

export const TicketOpened = defineEvent('ticket.opened', {
  version: 2,
  service,
  describes: 'A ticket was opened. `after` is its whole first state.',
  data: {
    ...movement,
    after: TicketState,
    number: code(),
    organizationId: id('org'),
    requesterId: id('con'),
    openedById: id('con', 'ana', 'per'),
    ...TicketAbout.shape,
    channel: oneOf(...CHANNELS),
    /** Options chosen in the form, in the form's order. */
    optionIds: id('opt').array(),
    requestedPriority: oneOf(...PRIORITIES).nullable(),
    ...texts,
    watcherCount: count(),
    attachmentIds: id('att').array(),
  },
});

export const TicketAccess = defineEvent('ticket.access', {
  version: 1,
  service,
  describes: 'Who may see a ticket, whole and anew whenever it changes. Services with ticket-bound data keep it.',
  data: {
    organizationId: id('org'),
    requesterId: id('con'),
    groupId: id('grp').nullable(),
    /** Only the requester and the group see it: ombudsman. */
    restricted: flag(),
    /** Assignee, escalators and followers. */
    analystIds: id('ana').array(),
  },
});

export const TicketTaken = defineEvent('ticket.taken', {
  version: 1,
  service,
  describes: 'An analyst took the ticket, or became its assignee by answering first.',
  data: { ...movement, assigneeId: id('ana') },
});

export const TicketAssigned = defineEvent('ticket.assigned', {
  version: 1,
  service,
  describes: 'The ticket was given by hand to an analyst, to a group, or to nobody.',
  data: { ...movement, assigneeId: id('ana').nullable(), groupId: id('grp').nullable() },
});

const stateAndAbout = part({ ...TicketState.shape, ...TicketAbout.shape }).partial();

export const TicketClassified = defineEvent('ticket.classified', {
  version: 1,
  service,
  describes: 'Support filled in its form, or filed it under another one. The answers before are kept by tickets, where they can be erased.',
  data: { ...movement, before: stateAndAbout, after: stateAndAbout, ...texts, optionIds: id('opt').array() },
});

export const TicketRouted = defineEvent('ticket.routed', {
  version: 1,
  service,
  describes: 'Routing rules chose the group.',
  data: { ...movement, groupId: id('grp'), rule: code(), fallback: flag(), triedCount: count() },
});

export const TicketCommented = defineEvent('ticket.commented', {
  version: 1,
  service,
  describes: 'A public message that changed no status; a message that did is the event of that change.',
  data: { ...movement, ...message, side: oneOf('CLIENT', 'SUPPORT') },
});

export const TicketNoteAdded = defineEvent('ticket.note_added', {
  version: 1,
  service,
  describes: 'An internal note. Its audience is always INTERNAL.',
  data: { ...movement, ...message },
});

export const TicketInformationRequested = defineEvent('ticket.information_requested', {
  version: 1,
  service,
  describes: 'Support asked the client a question; the timer to customer validation runs.',
  data: { ...movement, ...message },
});

export const TicketSolutionProposed = defineEvent('ticket.solution_proposed', {
  version: 1,
  service,
  describes: 'Support sent a solution; the timer to closing runs.',
  data: { ...movement, ...message, resolution: oneOf(...RESOLUTIONS), articleIds: id('art').array() },
});

export const TicketSolutionAccepted = defineEvent('ticket.solution_accepted', {
  version: 1,
  service,
  describes: 'The client accepted the solution. Closing is the next event.',
  data: movement,
});

export const TicketSolutionRefused = defineEvent('ticket.solution_refused', {
  version: 1,
  service,
  describes: 'The client refused the solution; the comment is the reason. Back to the same analyst.',
  data: { ...movement, ...message },
});

export const TicketReopened = defineEvent('ticket.reopened', {
  version: 1,
  service,
  describes: 'A reply of the client brought a waiting ticket back to OPEN.',
  data: { ...movement, ...message },
});

export const TicketValidationStarted = defineEvent('ticket.validation_started', {
  version: 1,
  service,
  describes: 'The client did not answer in time; the ticket went to customer validation.',
  data: { ...movement, dueAt: instant() },
});

export const TicketTimerRestarted = defineEvent('ticket.timer_restarted', {
  version: 1,
  service,
  describes: 'The running timer began anew: the question was asked again, or support wrote.',
  data: { ...movement, cause: oneOf('QUESTION', 'SUPPORT_MESSAGE'), commentId: id('cmt').nullable() },
});

export const TicketReminded = defineEvent('ticket.reminded', {
  version: 1,
  service,
  describes: 'The running timer is about to run out; whoever is awaited is to be reminded.',
  data: { ...movement, dueTo: status(), dueAt: instant() },
});

export const TicketClosed = defineEvent('ticket.closed', {
  version: 1,
  service,
  describes: 'The ticket was closed: solution accepted, or a timer ran out.',
  data: { ...movement, reason: oneOf('ACCEPTED', 'TIMER_VALIDATION', 'TIMER_SOLUTION'), dueAt: instant().nullable() },
});

export const TicketCancelled = defineEvent('ticket.cancelled', {
  version: 1,
  service,
  describes: 'Its requester cancelled the ticket.',
  data: { ...movement, reasonDigest: digest().nullable() },
});

export const TicketAttachmentsChanged = defineEvent('ticket.attachments_changed', {
  version: 1,
  service,
  describes: 'Files of the ticket were stored, linked or deleted at the attachments service.',
  data: { ...movement, addedIds: id('att').array(), removedIds: id('att').array() },
});
