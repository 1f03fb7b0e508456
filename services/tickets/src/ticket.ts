import {
  type EventData,
  type EventDefinition,
  TicketAccess,
  TicketAttachmentsChanged,
  TicketCancelled,
  TicketClosed,
  TicketCommented,
  TicketInformationRequested,
  TicketNoteAdded,
  TicketOpened,
  TicketReminded,
  TicketReopened,
  TicketSolutionAccepted,
  TicketSolutionProposed,
  TicketSolutionRefused,
  type TicketState,
  TicketTaken,
  TicketTimerRestarted,
  TicketValidationStarted,
} from '@atende/events';
import { ErrorCode, Refused } from '@atende/service';
import type { z } from 'zod';
import type { Act, Side } from './ticket-act.ts';
import { digestOf, type Message, messageData } from './ticket-message.ts';
import { TicketSchema } from './ticket.schema.ts';
import { mayMove, opensFirst, type TicketMove, type TicketResolution, type TicketStatus, timerOf, transitions } from './ticket-status.ts';

export type State = z.output<typeof TicketState>;
type Change = Partial<State>;
/** What an event says beside where it led. */
type Own<D extends EventDefinition> = Omit<EventData<D>, 'fromStatus' | 'toStatus' | 'before' | 'after'>;

interface Manner {
  audience: 'PUBLIC' | 'INTERNAL';
  /** Somebody wrote or moved it in public: the date of the last interaction moves too. */
  isInteraction: boolean;
}
const IN_PUBLIC: Manner = { audience: 'PUBLIC', isInteraction: true };
const BY_ITSELF: Manner = { audience: 'PUBLIC', isInteraction: false };
const INTERNALLY: Manner = { audience: 'INTERNAL', isInteraction: false };

/** A chamado. Its verbs do four things in order: check the rule, change, record the event, return. */
export class Ticket extends TicketSchema.class {
  /** The first event: the whole first state, and who may see it. */
  open(act: Act, { optionIds, attachmentIds }: { optionIds: string[]; attachmentIds: string[] }): void {
    const { number, organizationId, requesterId, openedById, formId, requestType, channel, environmentId, productId, moduleId, requestedPriority } = this;
    act.record(TicketOpened, {
      aggregate: this.id,
      version: this.nextVersion(),
      audience: 'PUBLIC',
      data: {
        ...{ fromStatus: null, toStatus: this.status, before: {}, after: this.state() },
        ...{ number, organizationId, requesterId, openedById, formId, requestType, channel, environmentId, productId, moduleId, requestedPriority },
        ...{ optionIds, attachmentIds, watcherCount: this.watchers.length },
        subjectDigest: digestOf(this.subject),
        descriptionDigest: digestOf(this.description ?? ''),
        answersDigest: digestOf(JSON.stringify(this.answers)),
      },
    });
    this.announceAccess(act);
  }

  /** An analyst takes it: it is theirs, and work has begun. Who has it already changes nothing. */
  take(act: Act, analystId: string): void {
    this.expect('take');
    if (this.assigneeId === analystId) return;
    this.change(act, TicketTaken, { assigneeId: analystId, ...this.stayAfter('take', act) }, { assigneeId: analystId });
    this.bind(act, analystId);
  }

  /** A public message. On the client's side it brings a waiting ticket back; on support's it may begin work or restart the validation timer. */
  reply(act: Act, side: Side, message: Message): void {
    if (this.status === 'CLOSED' || this.status === 'CANCELLED') throw new Refused({ code: ErrorCode.CLOSED_TICKET_CANNOT_BE_REPLIED, field: ['input', 'ticketId'] });
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
  proposeSolution(act: Act, message: Message, { resolution, articleIds = [] }: { resolution: TicketResolution; articleIds?: readonly string[] }): void {
    this.begin('proposeSolution', act);
    this.change(act, TicketSolutionProposed, { ...this.stayAfter('proposeSolution', act), resolution }, { ...messageData(message), resolution, articleIds: [...articleIds] });
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

  /** Tells every service that keeps ticket-bound data who may see it. */
  announceAccess(act: Act): void {
    const { organizationId, requesterId, groupId, restricted, analystIds } = this;
    act.record(TicketAccess, {
      aggregate: this.id,
      version: this.nextVersion(),
      data: { organizationId, requesterId, groupId, restricted, analystIds: [...analystIds] },
      audience: 'SYSTEM',
    });
  }

  /** Records an event that leads to `after`; the row becomes exactly what the history says. */
  private change<D extends EventDefinition>(act: Act, definition: D, after: Change, data: Own<D>, { audience, isInteraction } = IN_PUBLIC): void {
    const fromStatus = this.status;
    const led: Change = isInteraction ? { ...after, lastInteractionAt: act.now.toISOString() } : after;
    const before = pick(this.state(), Object.keys(led) as (keyof State)[]);
    this.apply(led);
    if (led.stay !== undefined) this.scheduleTimer(act);
    act.record(definition, {
      aggregate: this.id,
      version: this.nextVersion(),
      data: { ...data, fromStatus, toStatus: this.status, before, after: led } as unknown as EventData<D>,
      audience,
    });
  }

  /** What a history folds to. */
  state(): State {
    const { status, stage, groupId, assigneeId, severity, priority, criticality, criticalityRule, immediateAttention } = this;
    const { classification, resolution, dueTo, dueAt, stay, lastInteractionAt, mergedIntoId } = this;
    return {
      ...{ status, stage, groupId, assigneeId, severity, priority, criticality, criticalityRule, immediateAttention },
      ...{ classification, resolution, dueTo, stay, mergedIntoId },
      dueAt: dueAt?.toISOString() ?? null,
      lastInteractionAt: lastInteractionAt.toISOString(),
    };
  }

  apply({ dueAt, lastInteractionAt, ...plain }: Change): void {
    Object.assign(this, plain);
    if (dueAt !== undefined) this.dueAt = dueAt === null ? null : new Date(dueAt);
    if (lastInteractionAt !== undefined) this.lastInteractionAt = new Date(lastInteractionAt);
  }

  private nextVersion(): number {
    this.version += 1;
    return this.version;
  }

  private expect(move: TicketMove): void {
    if (!mayMove(move, this.status)) throw new Refused({ code: ErrorCode.TRANSITION_NOT_ALLOWED, field: ['input', 'ticketId'], params: { status: this.status } });
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

  /** The timer of this stay, and the reminder before it. */
  private scheduleTimer(act: Act): void {
    if (!this.dueAt) return;
    const { id: ticketId, stay, dueAt } = this;
    act.schedule({ ticketId, stay, kind: 'EXPIRY', dueAt });
    const remindAt = new Date(dueAt.getTime() - act.patience.reminder);
    if (remindAt > act.now) act.schedule({ ticketId, stay, kind: 'REMINDER', dueAt: remindAt });
  }

  /** An analyst who acted on it keeps seeing it. */
  private bind(act: Act, analystId: string): void {
    if (this.analystIds.includes(analystId)) return;
    this.analystIds = [...this.analystIds, analystId];
    this.announceAccess(act);
  }
}
TicketSchema.setClass(Ticket);

const timer = (status: TicketStatus, { now, patience }: Act): Pick<State, 'dueTo' | 'dueAt'> => {
  const { dueTo, dueAt } = timerOf(status, now, patience);
  return { dueTo, dueAt: dueAt?.toISOString() ?? null };
};

const pick = <T extends object>(from: T, keys: (keyof T)[]): Partial<T> => Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>;
