import { AttachmentLinked, ContactSaved, GroupSaved, OrganizationSaved, PersonAnonymised } from '@atende/events';
import { type Consumer, on } from '@atende/service';
import { type EntityClass, type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { forgetDraftsOf } from './draft/draft-forgetting.ts';
import { ContactFact, GroupFact, OrganizationFact } from './facts.ts';
import { Ticket } from './ticket/ticket.ts';
import { actOf } from './ticket/ticket-acting.ts';

/** Keeps a fact unless a later one is known already: events may be replayed. */
async function keep<Fact extends { id: string; version: number }>(em: EntityManager, Row: EntityClass<Fact>, fact: Fact): Promise<void> {
  const known = await em.findOne<Fact>(Row, { id: fact.id } as never);
  if (!known) em.persist(em.create(Row, fact as never));
  else if (known.version < fact.version) em.assign(known as object, fact as never);
}

export const consumers: Consumer[] = [
  on(OrganizationSaved, ({ aggregate: id, version, data: { code: clientCode, active, plan, bso, country, entitlements } }, { em }) =>
    keep(em, OrganizationFact, { id, version, active, clientCode, plan, bso, country, entitlements }),
  ),
  on(ContactSaved, ({ aggregate: id, version, data: { organizationId, active, mayOpen } }, { em }) =>
    keep(em, ContactFact, { id, version, organizationId, active, mayOpen }),
  ),
  on(GroupSaved, ({ aggregate: id, version, data: { code, active } }, { em }) => keep(em, GroupFact, { id, version, active, code })),
  on(PersonAnonymised, (event, { em }) => forgetDraftsOf(em, event)),
  // What happens to a ticket elsewhere becomes its own event, so that one cursor covers a ticket.
  on(AttachmentLinked, async ({ aggregate, data: { ticketId, visibility } }, { em, now }) => {
    const ticket = await lockedTicket(em, ticketId);
    ticket?.noteAttachments(actOf({ now }, em, null), [aggregate], visibility);
  }),
];

/** Whoever changes the ticket in the same moment is waited for. */
const lockedTicket = (em: EntityManager, id: string): Promise<Ticket | null> =>
  em.findOne(Ticket, id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
