import { isId, notFound } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Attachment } from './attachment.ts';
import { FormRule, TicketForm } from './form-rule.ts';
import { TicketAccess } from './ticket-access.ts';
import { ruleWithoutForm, stricter, type UploadRule, type Waiting } from './upload-rule.ts';

/** Files with what decides who sees them. */
export const attachmentsById = async (em: EntityManager, ids: string[]): Promise<Attachment[]> =>
  withAccess(em, await em.find(Attachment, { id: { $in: ids.filter((id) => isId('att', id)) } }));

/** The files of some tickets, in the order they came. */
export const attachmentsOfTickets = async (em: EntityManager, ticketIds: string[]): Promise<Attachment[]> =>
  withAccess(em, await em.find(Attachment, { ticketId: { $in: ticketIds } }, { orderBy: { linkedAt: 'asc', id: 'asc' } }));

async function withAccess(em: EntityManager, files: Attachment[]): Promise<Attachment[]> {
  const ticketIds = [...new Set(files.flatMap((file) => file.ticketId ?? []))];
  if (ticketIds.length === 0) return files;
  const known = new Map((await em.find(TicketAccess, { ticketId: { $in: ticketIds } })).map((row) => [row.ticketId, row]));
  for (const file of files) file.access = file.ticketId === null ? null : (known.get(file.ticketId) ?? null);
  return files;
}

export interface UploadPlace {
  formId: string | null;
  ticketId: string | null;
  draftId: string | null;
}

/** Drafts are tickets' own and one person's: nothing of theirs is known here but their ids, under which that person's files are counted. */
const areIds = ({ formId, ticketId, draftId }: UploadPlace): boolean =>
  (formId === null || isId('frm', formId)) && (ticketId === null || isId('tkt', ticketId)) && (draftId === null || isId('drf', draftId));

/** The rule for a file of this form and ticket, and the form it is. What one may not see is what does not exist. */
export async function ruleFor(
  em: EntityManager,
  { formId, ticketId, draftId }: UploadPlace,
): Promise<{ rule: UploadRule; formId: string | null }> {
  if (!areIds({ formId, ticketId, draftId })) throw notFound();
  if (ticketId !== null && !(await em.findOne(TicketAccess, { ticketId }))) throw notFound();
  const ofTicket = ticketId === null ? null : ((await em.findOne(TicketForm, { ticketId }))?.formId ?? null);
  const formIds = [...new Set([formId, ofTicket].flatMap((id) => id ?? []))];
  const rules = await em.find(FormRule, { formId: { $in: formIds } });
  if (formId !== null && !rules.some((rule) => rule.formId === formId)) throw notFound();
  const [first = ruleWithoutForm, ...others] = rules;
  return { rule: others.reduce<UploadRule>(stricter, first), formId: formId ?? ofTicket };
}

/** How much of the person's is waiting for a ticket. Refused files are no use to anybody and do not count. */
export async function waitingOf(em: EntityManager, uploaderId: string, { draftId }: UploadPlace): Promise<Waiting> {
  const waiting = { uploaderId, ticketId: null, status: { $nin: ['REFUSED' as const, 'DELETED' as const] } };
  return {
    ofPerson: await em.count(Attachment, waiting),
    ofDraft: draftId === null ? 0 : await em.count(Attachment, { ...waiting, draftId }),
  };
}
