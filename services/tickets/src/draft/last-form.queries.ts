import { isStaff } from '@atende/service';
import { evaluateOpening } from '../form/form-opening.ts';
import { lastOpened } from '../opening/last-opened.queries.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { placed } from './draft-carrying.ts';
import { templateKeys } from './last-form.ts';
import { TicketDraft, wholeContext } from './ticket-draft.ts';

/** The person's last ticket of a request type as a draft that nobody saved, with the answers that still hold. */
export async function lastForm(context: TicketsContext, requestType: string): Promise<TicketDraft | null> {
  const { em, viewer, deps } = context;
  const id = await lastOpened(em, viewer, requestType);
  const ticket = id === null ? null : await em.findOne(Ticket, id);
  const version = ticket && (await deps.library.version(ticket.formId));
  if (!version) return null;
  const isOwnOrganization = viewer.contacts.some(({ organizationId }) => organizationId === ticket.organizationId);
  const opening = wholeContext({ organizationId: isOwnOrganization ? ticket.organizationId : null });
  const keys = templateKeys(deps.library.formOf(version), isStaff(viewer));
  const given = ticket.answers.filter(({ field }) => keys.has(field)).map(({ field, value }) => ({ field, value }));
  const { evaluation } = await evaluateOpening(context, em, version, { ...opening, answers: given });
  return Object.assign(new TicketDraft(), {
    ...{ id: ticket.id.replace(/^tkt/, 'drf'), personId: viewer.personId ?? '', version: 0, requestType, contactId: null },
    content: { formId: version.id, answers: placed(given, evaluation), context: opening, requestedPriority: null },
    ...{ createdAt: ticket.createdAt, savedAt: ticket.createdAt },
  });
}
