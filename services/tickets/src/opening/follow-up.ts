import type { EntityManager } from '@mikro-orm/postgresql';
import type { Channel } from '../lifecycle/ticket-status.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { Act } from '../ticket/ticket-act.ts';
import type { Message } from '../ticket/ticket-message.ts';
import { birthOf, firstDay } from './ticket-birth.ts';

/** The id of the ticket that a message opens: a repeat of the message finds it. */
export const followUpId = (messageId: string): string => messageId.replace(/^cmt_/, 'tkt_');

/**
 * A client's message on a closed ticket opens a new one, linked to it (domain 5.4): with the same form and answers, in the same
 * queue, and the message as its description.
 */
export async function followUp(em: EntityManager, closed: Ticket, act: Act, message: Message & { channel: Channel }): Promise<void> {
  const { organizationId, requesterId, restricted, watchers, requestType, formId, subject, answers } = closed;
  const { productId, moduleId, environmentId, groupId, routing, classification, severity } = closed;
  const { criticality, criticalityEdition, criticalityRule, criticalityReason } = closed;
  const { number, reached } = await birthOf(em, []);
  const ticket = em.create(Ticket, {
    ...firstDay(act.now),
    ...{ number, reached, groupId, routing, classification },
    ...{ organizationId, requesterId, restricted, watchers: [...watchers], requestType, formId, subject, answers },
    ...{ productId, moduleId, environmentId, severity, priority: closed.priority },
    ...{ criticality, criticalityEdition, criticalityRule, criticalityReason },
    id: followUpId(message.id),
    channel: message.channel,
    openedById: act.actorId ?? requesterId,
    analystIds: [],
    description: message.body,
    requestedPriority: null,
    immediateAttention: null,
    followUpOfId: closed.id,
  });
  em.persist(ticket);
  ticket.open(act, { optionIds: [], attachmentIds: message.attachmentIds });
}
