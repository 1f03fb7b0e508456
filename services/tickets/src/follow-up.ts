import type { EntityManager } from '@mikro-orm/postgresql';
import type { Act } from './ticket-act.ts';
import type { Message } from './ticket-message.ts';
import { nextNumber } from './ticket-number.ts';
import { Ticket } from './ticket.ts';
import { newId } from '@atende/service';

/** A client's reply on a closed ticket opens a new one, linked to it, with the same form and answers (domain 5.4). */
export async function followUp(em: EntityManager, closed: Ticket, act: Act, message: Message): Promise<Ticket> {
  const { organizationId, requesterId, restricted, watchers, requestType, formId, channel, subject, answers } = closed;
  const { productId, moduleId, environmentId, groupId, criticality, criticalityRule, criticalityReason } = closed;
  const ticket = em.create(Ticket, {
    ...{ organizationId, requesterId, restricted, watchers: [...watchers], requestType, formId, channel, subject, answers },
    ...{ productId, moduleId, environmentId, groupId, criticality, criticalityRule, criticalityReason },
    id: newId('tkt'),
    number: await nextNumber(em),
    version: 0,
    openedById: act.actorId ?? requesterId,
    analystIds: [],
    description: message.body,
    requestedPriority: null,
    followUpOfId: closed.id,
    createdAt: act.now,
    status: 'NEW',
    stage: 'N1',
    assigneeId: null,
    severity: closed.severity,
    priority: closed.priority,
    immediateAttention: null,
    classification: 'COMPLETE',
    resolution: null,
    dueTo: null,
    dueAt: null,
    stay: 0,
    lastInteractionAt: act.now,
    mergedIntoId: null,
  });
  em.persist(ticket);
  ticket.open(act, { optionIds: [], attachmentIds: message.attachmentIds });
  await em.flush(); // row-level security lets a message stand on a ticket that is there
  return ticket;
}
