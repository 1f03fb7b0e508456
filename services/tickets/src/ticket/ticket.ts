import {
  type EventDefinition,
  TicketAttachmentsChanged,
  TicketCancelled,
  TicketClassified,
  TicketClosed,
  TicketCommented,
  TicketInformationRequested,
  TicketNoteAdded,
  TicketOpened,
  TicketReminded,
  TicketReopened,
  TicketRouted,
  TicketSolutionAccepted,
  TicketSolutionProposed,
  TicketSolutionRefused,
  TicketTaken,
  TicketTimerRestarted,
  TicketValidationStarted,
} from '@atende/events';
import { ErrorCode, Refused } from '@atende/service';
import {
  announceAccess,
  BY_ITSELF,
  type Change,
  difference,
  INTERNALLY,
  type Manner,
  nextVersion,
  type Own,
  pick,
  recordChange,
  type State,
  stateOf,
  type Whole,
  wholeOf,
} from '../history/ticket-ledger.ts';
import {
  mayMove,
  opensFirst,
  type TicketMove,
  type TicketResolution,
  type TicketStatus,
  timerOf,
  transitions,
} from '../lifecycle/ticket-status.ts';
import { TicketSchema } from './ticket.schema.ts';
import type { Act, Side } from './ticket-act.ts';
import { digestsOf, type Filing, type RoutingTrace } from './ticket-filing.ts';
import { type Message, messageData } from './ticket-message.ts';

// Beside its state, which `after` is.
const TOLD_AT_OPENING = [
  ...(['number', 'organizationId', 'requesterId', 'openedById', 'formId', 'requestType', 'channel'] as const),
  ...(['environmentId', 'productId', 'moduleId', 'requestedPriority', 'criticalityEdition'] as const),
];

/** A chamado. Its verbs do four things in order: check the rule, change, record the event, return. */
export class Ticket extends TicketSchema.class {
  /** The first event: the whole first state, and who may see it. */
  open(act: Act, { optionIds, attachmentIds }: { optionIds: string[]; attachmentIds: string[] }): void {
    act.record(TicketOpened, {
      aggregate: this.id,
      version: nextVersion(this),
      audience: 'PUBLIC',
      data: {
        ...{ fromStatus: null, toStatus: this.status, before: {}, after: stateOf(this) },
        ...pick(this as Ticket, TOLD_AT_OPENING),
        ...{ optionIds, attachmentIds, watcherCount: this.watchers.length },
        ...digestsOf(this),
      },
    });
    announceAccess(this, act);
  }

  /** An analyst takes it: it is theirs, and work has begun. Who has it already changes nothing. */
  take(act: Act, analystId: string): void {
    this.expect('take');
    if (this.assigneeId === analystId) return;
    this.change(act, TicketTaken, { assigneeId: analystId, ...this.stayAfter('take', act) }, { assigneeId: analystId });
    this.bind(act, analystId);
  }

  /**
   * Support fills in its form, or files it under another one; then routing runs. Status and timers go on. In another queue it is
   * nobody's yet; who classified it goes on seeing it.
   */
  classify(act: Act, analystId: string, { told, kept, optionIds }: Filing, wanted: Change, trace: RoutingTrace): void {
    this.expect('classify');
    Object.assign(this, kept);
    this.change(act, TicketClassified, difference(this, { ...told, ...wanted }), { ...digestsOf(this), optionIds }, BY_ITSELF);
    this.route(act, trace);
    if (!this.analystIds.includes(analystId)) this.analystIds = [...this.analystIds, analystId];
    announceAccess(this, act);
  }

  /** A public message. On the client's side it brings a waiting ticket back; on support's it may begin work or restart the validation timer. */
  reply(act: Act, side: Side, message: Message): void {
    if (this.status === 'CLOSED' || this.status === 'CANCELLED')
      throw new Refused({ code: ErrorCode.CLOSED_TICKET_CANNOT_BE_REPLIED, field: ['input', 'ticketId'] });
    if (side === 'SUPPORT' && this.status === 'NEW') this.take(act, act.actorId ?? '');
    const move = side === 'CLIENT' ? 'replyAsClient' : 'replyAsSupport';
    const isReturning = transitions[move][this.status] !== this.status;
    const data = messageData(message);
    if (isReturning) this.change(act, TicketReopened, this.stayAfter(move, act), data);
    else this.change(act, TicketCommented, {}, { ...data, side });
    if (side === 'SUPPORT' && this.status === 'CUSTOMER_VALIDATION') this.restartTimer(act, 'SUPPORT_MESSAGE', message.id);
  }

  /** An internal note: no status, no timer, no client ever sees it. */
  addNote(act: Act, message: Message): void {
    this.change(act, TicketNoteAdded, {}, messageData(message), INTERNALLY);
  }

  /** Support asks the client. Asked again, the days begin anew. */
  requestInformation(act: Act, message: Message): void {
    this.begin('requestInformation', act);
    if (this.status === 'PENDING') {
      this.change(act, TicketInformationRequested, {}, messageData(message));
      return this.restartTimer(act, 'QUESTION', message.id);
    }
    this.change(act, TicketInformationRequested, this.stayAfter('requestInformation', act), messageData(message));
  }

  /** Support sends a solution, and says what was delivered. */
  proposeSolution(
    act: Act,
    message: Message,
    { resolution, articleIds = [] }: { resolution: TicketResolution; articleIds?: readonly string[] },
  ): void {
    this.begin('proposeSolution', act);
    this.change(
      act,
      TicketSolutionProposed,
      { ...this.stayAfter('proposeSolution', act), resolution },
      { ...messageData(message), resolution, articleIds: [...articleIds] },
    );
  }

  acceptSolution(act: Act): void {
    this.expect('acceptSolution');
    this.change(act, TicketSolutionAccepted, {}, {});
    this.change(act, TicketClosed, this.stayAfter('acceptSolution', act), { reason: 'ACCEPTED', dueAt: null });
  }

  /** The reason is a message of the client; the ticket goes back to the same analyst. */
  refuseSolution(act: Act, reason: Message): void {
    this.expect('refuseSolution');
    this.change(act, TicketSolutionRefused, this.stayAfter('refuseSolution', act), messageData(reason));
  }

  cancel(act: Act, reasonDigest: string | null): void {
    this.expect('cancel');
    this.change(act, TicketCancelled, this.stayAfter('cancel', act), { reasonDigest });
  }

  /** Time moves it on. Only for the stay the timer belongs to, and never early; false: that timer is no longer this ticket's. */
  expire(act: Act, stay: number): boolean {
    if (stay !== this.stay || this.dueAt === null || act.now < this.dueAt) return false;
    const dueAt = this.dueAt.toISOString();
    const reason = this.status === 'RESOLVED' ? 'TIMER_SOLUTION' : 'TIMER_VALIDATION';
    const change = this.stayAfter('expire', act);
    if (change.status === 'CLOSED') this.change(act, TicketClosed, change, { reason, dueAt }, BY_ITSELF);
    else this.change(act, TicketValidationStarted, change, { dueAt }, BY_ITSELF);
    return true;
  }

  /** Tells whoever is awaited that time is about to move it on. Not for a timer of another stay, and not when it is too late. */
  remind(act: Act, stay: number): boolean {
    if (stay !== this.stay || this.dueAt === null || this.dueTo === null || act.now >= this.dueAt) return false;
    this.change(act, TicketReminded, {}, { dueTo: this.dueTo, dueAt: this.dueAt.toISOString() }, BY_ITSELF);
    return true;
  }

  /** Files of it were stored elsewhere: part of its own history, so that one cursor covers a ticket. */
  noteAttachments(act: Act, addedIds: string[], visibility: 'PUBLIC' | 'INTERNAL'): void {
    this.change(act, TicketAttachmentsChanged, {}, { addedIds, removedIds: [] }, visibility === 'PUBLIC' ? BY_ITSELF : INTERNALLY);
  }

  /** What its history folds to. */
  state(): Whole {
    return wholeOf(this);
  }

  /** Refuses what its status does not allow. */
  expect(move: TicketMove): void {
    if (!mayMove(move, this.status))
      throw new Refused({ code: ErrorCode.TRANSITION_NOT_ALLOWED, field: ['input', 'ticketId'], params: { status: this.status } });
  }

  private change<D extends EventDefinition>(act: Act, event: D, after: Change, data: Own<D>, manner?: Manner): void {
    recordChange(this, act, { event, after, data, ...(manner && { manner }) });
  }

  /** To the queue that routing chose. Where no group is known, it stays where it is. */
  private route(act: Act, trace: RoutingTrace): void {
    const { groupId, winner: rule, fallback, tried } = trace;
    this.routing = trace;
    if (groupId === null) return;
    const moved = groupId === this.groupId ? {} : difference(this, { groupId, assigneeId: null });
    this.change(act, TicketRouted, moved, { groupId, rule, fallback, triedCount: tried.length }, BY_ITSELF);
  }

  /** A support move on a NEW ticket begins the work first: two rows of history in one commit. */
  private begin(move: TicketMove, act: Act): void {
    this.expect(move);
    if (this.status === 'NEW' && opensFirst.has(move)) this.take(act, act.actorId ?? '');
  }

  /** The change that a move makes: a new status with a stay and a timer of its own, or nothing. A solution that did not hold is none. */
  private stayAfter(move: TicketMove, act: Act): Change {
    const status: TicketStatus = transitions[move][this.status] ?? this.status;
    if (status === this.status) return {};
    const withdrawn = status === 'OPEN' && this.resolution !== null ? { resolution: null } : {};
    return { status, ...withdrawn, stay: this.stay + 1, ...timer(status, act) };
  }

  private restartTimer(act: Act, cause: 'QUESTION' | 'SUPPORT_MESSAGE', commentId: string): void {
    this.change(act, TicketTimerRestarted, { stay: this.stay + 1, ...timer(this.status, act) }, { cause, commentId });
  }

  /** An analyst who acted on it keeps seeing it. */
  private bind(act: Act, analystId: string): void {
    if (this.analystIds.includes(analystId)) return;
    this.analystIds = [...this.analystIds, analystId];
    announceAccess(this, act);
  }
}
TicketSchema.setClass(Ticket);

const timer = (status: TicketStatus, { now, patience }: Act): Pick<State, 'dueTo' | 'dueAt'> => {
  const { dueTo, dueAt } = timerOf(status, now, patience);
  return { dueTo, dueAt: dueAt?.toISOString() ?? null };
};
