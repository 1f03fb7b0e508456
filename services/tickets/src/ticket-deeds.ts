import { conflict, ErrorCode, type Fault, newId, notFound, once, Refused, RequestError, seesTicket } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Comment } from './comment.ts';
import { canonicalText, lengthOf } from './form-answer.ts';
import { followUp } from './follow-up.ts';
import type { Act, Side } from './ticket-act.ts';
import { actOf } from './ticket-acting.ts';
import type { Message } from './ticket-message.ts';
import { rules, standing } from './ticket.policy.ts';
import { Ticket } from './ticket.ts';
import type { TicketAction, TicketResolution } from './ticket-status.ts';
import type { TicketsContext } from './tickets-context.ts';

const MAX_BODY = 60_000; // characters

export interface MessageInput {
  clientKey: string;
  ticketId: string;
  body: string;
  attachmentIds?: string[] | null;
  articleIds?: string[] | null;
  resolution?: TicketResolution | null;
  expectedVersion?: number | null;
}

/** What a verb needs of the request: who acts, on which side. */
export interface Doer {
  act: Act;
  side: Side;
  actorId: string;
}

/** Loads the ticket, authorizes the action and hands both to the verb, in the caller's transaction. */
export async function loadFor(context: TicketsContext, em: EntityManager, ticketId: string, action: TicketAction, expectedVersion: number | null | undefined): Promise<{ ticket: Ticket } & Doer> {
  const ticket = await em.findOne(Ticket, ticketId);
  if (!ticket || !seesTicket(context.viewer, ticket)) throw notFound();
  const stands = standing(context.viewer, ticket);
  if (!stands || !rules[action].who(context.viewer, ticket)) throw new RequestError(ErrorCode.FORBIDDEN, 'You may not do this to this ticket.');
  if (typeof expectedVersion === 'number' && expectedVersion !== ticket.version) throw conflict('Someone else changed this ticket meanwhile.');
  return { ticket, act: actOf(context, em, stands.actorId), ...stands };
}

/** An action that needs no client key: the state itself refuses a repeat. `say` makes a message of a given reason. */
export async function actOn(
  context: TicketsContext,
  input: { ticketId: string; expectedVersion?: number | null },
  action: TicketAction,
  verb: (ticket: Ticket, doer: Doer, say: (body: string) => Message) => void,
): Promise<Ticket> {
  return context.em.transactional(async (em) => {
    const { ticket, ...doer } = await loadFor(context, em, input.ticketId, action, input.expectedVersion);
    verb(ticket, doer, (body) => {
      const message = { id: newId('cmt'), body: checkedBody(body, ['input', 'reason']), attachmentIds: [] };
      persistComment(em, ticket, doer, message, { internal: false, now: context.now });
      return message;
    });
    return ticket;
  });
}

/** A message that does something: once per client key, its text beside the history. Returns the ticket it stands on. */
export async function writeOn(context: TicketsContext, mutation: string, input: MessageInput, action: TicketAction, verb: (ticket: Ticket, doer: Doer, message: Message) => void): Promise<Ticket> {
  const { em, viewer, now } = context;
  const id = await once({ em, viewer, now, mutation, clientKey: input.clientKey, input, id: newId('cmt') }, async (transaction, id) => {
    const loaded = await loadFor(context, transaction, input.ticketId, action, input.expectedVersion);
    const message = await messageOf(context, input, id);
    const isFollowUp = action === 'REPLY' && loaded.ticket.status === 'CLOSED' && loaded.side === 'CLIENT';
    const { ticket, ...doer } = isFollowUp ? { ...loaded, ticket: await followUp(transaction, loaded.ticket, loaded.act, message) } : loaded;
    persistComment(transaction, ticket, doer, message, { internal: action === 'ADD_NOTE', now });
    if (!isFollowUp) verb(ticket, doer, message);
  });
  const comment = await em.findOneOrFail(Comment, id);
  return em.findOneOrFail(Ticket, comment.ticketId);
}

function persistComment(em: EntityManager, ticket: Ticket, { side, actorId }: Doer, { id, body }: Message, { internal, now }: { internal: boolean; now: Date }): void {
  em.persist(em.create(Comment, { id, ticketId: ticket.id, authorId: actorId, side, internal, body, createdAt: now }));
}

/** The message in its one spelling, with every fault at once. */
async function messageOf({ viewer, deps }: TicketsContext, input: MessageInput, id: string): Promise<Message> {
  const faults: Fault[] = bodyFaults(input.body, ['input', 'body']);
  const attachmentIds: string[] = [];
  for (const [index, receipt] of (input.attachmentIds ?? []).entries()) {
    const file = await deps.verifyReceipt(receipt, viewer.personId ?? '');
    if (file) attachmentIds.push(file.id);
    else faults.push({ code: ErrorCode.RECEIPT_INVALID, field: ['input', 'attachmentIds', String(index)] });
  }
  if (faults.length > 0) throw new Refused(...faults);
  return { id, body: canonicalText(input.body, false), attachmentIds };
}

function bodyFaults(raw: string, field: string[]): Fault[] {
  const body = canonicalText(raw, false);
  const length = lengthOf(body, MAX_BODY);
  if (body === '') return [{ code: ErrorCode.REQUIRED, field }];
  return length > MAX_BODY ? [{ code: ErrorCode.TOO_LONG, field, params: { max: MAX_BODY, length } }] : [];
}

function checkedBody(raw: string, field: string[]): string {
  const faults = bodyFaults(raw, field);
  if (faults.length > 0) throw new Refused(...faults);
  return canonicalText(raw, false);
}
