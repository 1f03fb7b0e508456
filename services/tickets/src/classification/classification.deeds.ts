import type { EntityManager } from '@mikro-orm/postgresql';
import { beginsAs, type CriticalityDecision } from '../criticality/criticality.ts';
import { plainAnswers } from '../form/form-opening.ts';
import { type Change, pick } from '../history/ticket-ledger.ts';
import { inWords } from '../messages.ts';
import { filingOf, groupsFor, routeOf, traceOf } from '../opening/filing.ts';
import { decisionFor, type FilledForm, prepare } from '../opening/opening.ts';
import { groupOf } from '../opening/ticket-birth.ts';
import { loadFor } from '../ticket/ticket.deeds.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { FormerForm } from './former-form.ts';

export interface ClassifyTicket extends FilledForm {
  ticketId: string;
  expectedVersion?: number | null;
}

/** Completes the form of a ticket, or files it under another one; every fault at once. */
export function classifyTicket(context: TicketsContext, input: ClassifyTicket): Promise<Ticket> {
  const { ticketId, formId } = input;
  return context.em.transactional(async (em) => {
    const { ticket, act, actorId } = await loadFor(context, em, input, 'CLASSIFY');
    inWords(context.language, () => ticket.expect('classify'));
    const filled = await prepare(context, em, { ticketId, formId, answers: plainAnswers(input.answers) });
    const decision = await decisionFor(context.deps, filled);
    const routed = routeOf(filled);
    const trace = traceOf(routed, await groupOf(em, groupsFor(routed.group)));
    const following = await followingOf(em, ticket, decision);
    em.persist(em.create(FormerForm, { ...pick(ticket, KEPT), ticketId, until: ticket.version + 1 }));
    ticket.classify(act, actorId, filingOf(filled, decision), following, trace);
    return ticket;
  });
}

const KEPT = ['formId', 'requestType', 'subject', 'description', 'answers'] as const;

const TOUCHED = `select 1 from event where aggregate = ? and type not in ('ticket.opened', 'ticket.classified')
  and (jsonb_exists(data->'after', 'severity') or jsonb_exists(data->'after', 'priority')) limit 1`;

/** Severity and priority go with criticality while they are what they began as, and no proposal or hand has touched them (4.3). */
async function followingOf(em: EntityManager, ticket: Ticket, decision: CriticalityDecision): Promise<Change> {
  const { id, criticality, requestedPriority, severity, priority } = ticket;
  const began = beginsAs(criticality, requestedPriority);
  if (severity !== began.severity || (await em.execute<unknown[]>(TOUCHED, [id])).length > 0) return {};
  const begins = beginsAs(decision.value, requestedPriority);
  return priority === began.priority ? begins : { severity: begins.severity };
}
