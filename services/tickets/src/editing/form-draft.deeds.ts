import { conflict, ErrorCode, type Fault, isId, newId, once, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { requestTypeSchema } from '../form/form.ts';
import { type FormAct, FormVersion } from '../form/form-version.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { MOST, written } from './form-definition.ts';
import { FormDraftRow } from './form-draft.ts';
import { newestOf } from './form-judgement.ts';

export interface SaveFormDraft {
  clientKey?: string | null;
  requestType?: string | null;
  basedOnId?: string | null;
  formId?: string | null;
  expectedVersion?: number | null;
  definition?: string | null;
}

export interface DraftTarget {
  formId: string;
  expectedVersion?: number | null;
}

export const formActOf = ({ viewer, now, requestId, traceparent }: TicketsContext): FormAct => ({
  ...{ actor: viewer.analystId ?? viewer.personId, now, requestId, traceparent },
});

const refused = (code: ErrorCode, name: string, params: Fault['params'] = {}): Refused =>
  new Refused({ code, field: ['input', name], params });

/** Begins the next version of a form, once per client key, or saves what was written of it. Returns its id. */
export const saveFormDraft = (context: TicketsContext, input: SaveFormDraft): Promise<string> =>
  input.formId ? changeDraft(context, { ...input, formId: input.formId }) : beginDraft(context, input);

async function changeDraft(context: TicketsContext, input: SaveFormDraft & DraftTarget): Promise<string> {
  if (typeof input.expectedVersion !== 'number') throw refused(ErrorCode.REQUIRED, 'expectedVersion');
  const definition = storable(input.definition);
  await context.em.transactional(async (em) => {
    (await lockedDraft(em, input)).save(em, definition, formActOf(context));
  });
  return input.formId;
}

async function beginDraft(context: TicketsContext, input: SaveFormDraft): Promise<string> {
  const { em, viewer, now } = context;
  const requestType = input.requestType ?? '';
  if (requestType === '') throw refused(ErrorCode.REQUIRED, 'requestType');
  if (!requestTypeSchema.safeParse(requestType).success) throw refused(ErrorCode.WRONG_KIND, 'requestType');
  const call = { em, viewer, now, mutation: 'saveFormDraft', clientKey: input.clientKey ?? '', input, id: newId('frm') };
  return once(call, async (transaction, id) => {
    if (await transaction.count(FormDraftRow, { requestType })) throw conflict('This request type has a draft already.');
    const definition = input.definition ? storable(input.definition) : await copied(transaction, requestType, input.basedOnId ?? null);
    const act = formActOf(context);
    const version = ((await newestOf(transaction, requestType))?.version ?? 0) + 1;
    const nothing = { revision: 0, savedAt: now, savedById: act.actor, definition };
    transaction.create(FormDraftRow, { id, requestType, version, ...nothing }).save(transaction, definition, act);
  });
}

/** What nobody needs any more of a form that was never published. */
export const discardFormDraft = (context: TicketsContext, input: DraftTarget): Promise<void> =>
  context.em.transactional(async (em) => {
    (await lockedDraft(em, input)).discard(em, formActOf(context));
  });

/** The draft, its row locked: of two people in the same moment the second finds what the first has left. */
export async function lockedDraft(em: EntityManager, { formId, expectedVersion }: DraftTarget): Promise<FormDraftRow> {
  const id = isId('frm', formId) ? formId : '';
  const draft = await em.findOne(FormDraftRow, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!draft && (await em.count(FormVersion, { id }))) throw conflict('Someone else published this draft meanwhile.');
  if (!draft) throw refused(ErrorCode.NOT_FOUND, 'formId');
  if (typeof expectedVersion === 'number' && expectedVersion !== draft.revision)
    throw conflict('Someone else changed this draft meanwhile.');
  return draft;
}

/** The definition of the version to begin with, for this request type. */
async function copied(em: EntityManager, requestType: string, basedOnId: string | null): Promise<string> {
  const base = basedOnId === null ? await newestOf(em, requestType) : await em.findOne(FormVersion, { id: basedOnId });
  if (!base) throw basedOnId === null ? refused(ErrorCode.REQUIRED, 'definition') : refused(ErrorCode.NOT_FOUND, 'basedOnId');
  return written({ ...base.definition, requestType });
}

/** Any text, kept as it was typed; but PostgreSQL stores no NUL and no half surrogate. */
function storable(definition: string | null | undefined): string {
  if (!definition) throw refused(ErrorCode.REQUIRED, 'definition');
  const { length } = definition;
  if (length > MOST.text) throw refused(ErrorCode.TOO_LONG, 'definition', { max: MOST.text, length });
  return definition.replaceAll('\0', '\ufffd').toWellFormed();
}
