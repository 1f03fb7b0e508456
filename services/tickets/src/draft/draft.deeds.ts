import { conflict, ErrorCode, type Fault, isId, newId, notFound, once, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Answer } from '../form/form-catalogue.ts';
import { plainAnswers } from '../form/form-opening.ts';
import type { TicketPriority } from '../lifecycle/ticket-status.ts';
import type { OpeningInput } from '../opening/opening-context.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { MOST_DRAFTS, sizeFaults, tooManyDrafts } from './draft-limits.ts';
import { clientOf, type DraftContent, TicketDraft, wholeContext } from './ticket-draft.ts';

export interface SaveDraft {
  clientKey?: string | null;
  draftId?: string | null;
  expectedVersion?: number | null;
  formId: string;
  answers: Answer[];
  context?: OpeningInput | null;
  requestedPriority?: TicketPriority | null;
}

interface Draft {
  requestType: string;
  content: DraftContent;
}

/** Keeps what was typed, right or wrong. A new draft is one per client key; an old one must still be what was seen of it. */
export async function saveDraft(context: TicketsContext, given: SaveDraft): Promise<TicketDraft> {
  const { formId, requestedPriority = null } = given;
  const content = { formId, answers: plainAnswers(given.answers), context: wholeContext(given.context ?? {}), requestedPriority };
  const version = await context.deps.library.version(formId);
  const faults = sizeFaults(content);
  if (!version) faults.push({ code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] });
  const { draftId, expectedVersion } = given;
  if (draftId && typeof expectedVersion !== 'number') faults.push({ code: ErrorCode.REQUIRED, field: ['input', 'expectedVersion'] });
  if (faults.length > 0 || !version) throw new Refused(...faults);
  const draft = { requestType: version.requestType, content };
  return draftId ? keepOn(context, draft, draftId, expectedVersion ?? 0) : begin(context, draft, given.clientKey ?? '');
}

async function begin({ em, viewer, now, language }: TicketsContext, draft: Draft, clientKey: string): Promise<TicketDraft> {
  const personId = viewer.personId ?? '';
  const call = { em, viewer, now, mutation: 'saveDraft', clientKey, input: draft, id: newId('drf') };
  const id = await once(call, async (transaction, own) => {
    if ((await transaction.count(TicketDraft, { personId })) >= MOST_DRAFTS) throw new Refused(tooManyDrafts(language));
    const contactId = clientOf(draft.content);
    transaction.persist(
      transaction.create(TicketDraft, { ...draft, id: own, personId, version: 1, contactId, createdAt: now, savedAt: now }),
    );
  });
  const kept = await em.findOne(TicketDraft, { id, personId });
  if (!kept) throw notFound(); // ended since
  return kept;
}

function keepOn(context: TicketsContext, { requestType, content }: Draft, id: string, expectedVersion: number): Promise<TicketDraft> {
  return context.em.transactional(async (em) => {
    const draft = await lockedDraft(context, em, id);
    if (draft.requestType !== requestType) throw new Refused(anotherForm);
    if (draft.holds(content)) return draft;
    if (draft.version !== expectedVersion) throw conflict('This draft was saved elsewhere meanwhile.');
    draft.save(content, context.now);
    return draft;
  });
}

const anotherForm: Fault = { code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] };

/** Erases it. */
export function discardDraft(
  context: TicketsContext,
  { draftId, expectedVersion }: { draftId: string; expectedVersion?: number | null },
): Promise<void> {
  return context.em.transactional(async (em) => {
    const draft = await lockedDraft(context, em, draftId);
    if (typeof expectedVersion === 'number' && expectedVersion !== draft.version)
      throw conflict('This draft was saved elsewhere meanwhile.');
    em.remove(draft);
  });
}

/** Of two devices in one moment the second sees what the first has left. */
async function lockedDraft({ viewer }: TicketsContext, em: EntityManager, id: string): Promise<TicketDraft> {
  const own = { id, personId: viewer.personId ?? '' };
  const draft = isId('drf', id) ? await em.findOne(TicketDraft, own, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true }) : null;
  if (!draft) throw notFound();
  return draft;
}
