import { conflict, ErrorCode, newId, notFound, once, RequestError, seesTicket } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { plainAnswers } from '../form/form-opening.ts';
import { patienceOf } from '../lifecycle/ticket-patience.ts';
import type { TicketAction } from '../lifecycle/ticket-status.ts';
import { inWords } from '../messages.ts';
import { followUp, followUpId } from '../opening/follow-up.ts';
import { type OpenTicket, openTicket } from '../opening/opening.ts';
import { cameBy } from '../opening/opening-context.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { Comment } from './comment.ts';
import { checkMessage, type MessageInput, readText } from './message-input.ts';
import { mayFollowUp, rules, standing } from './ticket.policy.ts';
import { Ticket } from './ticket.ts';
import type { Act, Side } from './ticket-act.ts';
import { actOf } from './ticket-acting.ts';
import type { Message } from './ticket-message.ts';

/** Who does something to a ticket, on which side of it. */
export interface Doer {
  act: Act;
  side: Side;
  actorId: string;
}

interface Target {
  ticketId: string;
  expectedVersion?: number | null;
}

/** Something a person does to a ticket: what must be allowed, and the verb. */
interface Action {
  action: TicketAction;
  /** `say` makes a message of the reason that was given. */
  verb(ticket: Ticket, doer: Doer, say: (reason: string | null | undefined) => Message): void;
}

/** A message that does something. */
interface Writing {
  mutation: string;
  action: TicketAction;
  verb(ticket: Ticket, doer: Doer, message: Message): void;
}

/** Opens a ticket, once per client key. */
export async function openOnce(context: TicketsContext, given: OpenTicket): Promise<Ticket> {
  const { em, viewer, now } = context;
  const input = { ...given, answers: plainAnswers(given.answers) };
  const id = await once(
    { em, viewer, now, mutation: 'openTicket', clientKey: input.clientKey, input, id: newId('tkt') },
    async (transaction, own) => {
      await openTicket(context, transaction, input, own);
    },
  );
  return em.findOneOrFail(Ticket, id);
}

/** An action that needs no client key: the state itself refuses a repeat. */
export function actOn(context: TicketsContext, target: Target, { action, verb }: Action): Promise<Ticket> {
  return context.em.transactional(async (em) => {
    const { ticket, ...doer } = await loadFor(context, em, target, action);
    const say = (reason: string | null | undefined): Message => {
      const message = { id: newId('cmt'), body: readText(reason ?? '', ['input', 'reason']), attachmentIds: [] };
      persistComment(em, ticket, doer, message, action);
      return message;
    };
    inWords(context.language, () => verb(ticket, doer, say));
    return ticket;
  });
}

/** A message that does something, once per client key; its text stands beside the history. Returns the ticket it stands on. */
export async function writeOn(context: TicketsContext, input: MessageInput, { mutation, action, verb }: Writing): Promise<Ticket> {
  const { em, viewer, now } = context;
  const id = await once({ em, viewer, now, mutation, clientKey: input.clientKey, input, id: newId('cmt') }, async (transaction, own) => {
    const { ticket, ...doer } = await loadFor(context, transaction, input, action);
    const message = await checkMessage(context, ticket, { ...input, id: own, action });
    if (action === 'REPLY' && mayFollowUp(viewer, ticket))
      return followUp(transaction, ticket, doer.act, { ...message, channel: cameBy(viewer) });
    inWords(context.language, () => verb(ticket, doer, message));
    persistComment(transaction, ticket, doer, message, action);
  });
  const comment = await em.findOne(Comment, id);
  return em.findOneOrFail(Ticket, comment?.ticketId ?? followUpId(id));
}

/**
 * Loads the ticket, authorizes the action and hands both to the verb, in the caller's transaction. The row is locked: of two
 * people, or a person and a timer, in the same moment the second acts on what the first has left.
 */
export async function loadFor(
  context: TicketsContext,
  em: EntityManager,
  { ticketId, expectedVersion }: Target,
  action: TicketAction,
): Promise<{ ticket: Ticket } & Doer> {
  const ticket = await em.findOne(Ticket, ticketId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!ticket || !seesTicket(context.viewer, ticket)) throw notFound();
  const stands = standing(context.viewer, ticket);
  if (!stands || !rules[action].who(context.viewer, ticket))
    throw new RequestError(ErrorCode.FORBIDDEN, 'You may not do this to this ticket.');
  if (typeof expectedVersion === 'number' && expectedVersion !== ticket.version)
    throw conflict('Someone else changed this ticket meanwhile.');
  const patience = await patienceOf(await context.deps.library.lifecycle(), em, ticket);
  return { ticket, act: actOf(context, em, stands.actorId, patience), ...stands };
}

function persistComment(
  em: EntityManager,
  ticket: Ticket,
  { side, actorId, act }: Doer,
  { id, body }: Message,
  action: TicketAction,
): void {
  em.persist(
    em.create(Comment, { id, ticketId: ticket.id, authorId: actorId, side, internal: action === 'ADD_NOTE', body, createdAt: act.now }),
  );
}
