import { conflict, ErrorCode, type Fault, isId, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { type Form, fieldsOf } from '../form/form.ts';
import type { FormDefect } from '../form/form-defect.ts';
import type { Language } from '../form/form-text.ts';
import { FormVersion, tellPublished } from '../form/form-version.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { defectMessage } from './form-defect-messages.ts';
import { type DraftTarget, formActOf, lockedDraft } from './form-draft.deeds.ts';
import type { FormDraftRow } from './form-draft.ts';
import { judged } from './form-judgement.ts';

/**
 * Makes a draft the version that is opened from now on, all or nothing: the one before stays open for 24 h, other services are
 * told what it says of files and options. This replica knows it when it answers; others within two seconds.
 */
export async function publishForm(context: TicketsContext, target: DraftTarget): Promise<string> {
  const { library } = context.deps;
  await library.refresh(); // what was retired a moment ago on another replica
  await context.em.transactional(async (em) => {
    const draft = await lockedDraft(em, target);
    const { form, defects } = await judged(em, library, draft);
    if (!form) throw new Refused(...defects.map((defect) => faultOf(defect, context.language)));
    await supersede(em, draft.requestType, context.now);
    await publish(em, draft, form, context);
  });
  await library.refresh();
  return target.formId;
}

const faultOf = (defect: FormDefect, language: Language): Fault => ({
  code: ErrorCode.FORM_DEFECTIVE,
  field: ['definition', ...defect.path],
  message: defectMessage(defect, language),
});

async function supersede(em: EntityManager, requestType: string, now: Date): Promise<void> {
  const before = await em.findOne(FormVersion, { requestType, status: 'PUBLISHED' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  before?.supersede(now);
  await em.flush(); // before the new one: one version of a request type is published
}

async function publish(em: EntityManager, draft: FormDraftRow, form: Form, context: TicketsContext): Promise<void> {
  const { id, requestType, version } = draft;
  const act = formActOf(context);
  const published = em.create(FormVersion, {
    ...{ id, requestType, version, status: 'PUBLISHED', definition: form, revision: draft.revision + 1 },
    ...{ publishedAt: context.now, publishedById: act.actor, supersededAt: null },
  });
  const paths = fieldsOf(form).flatMap(({ options }) => options?.root ?? []);
  const { entries } = await (await context.deps.library.catalogue()).load({ ids: [], paths, scopes: [] });
  tellPublished(em, published, form, new Map(entries.map((entry) => [entry.path, entry.id])), act);
  em.remove(draft);
}

/** Takes a request type out of the menu. Who has its form open may still send it for 24 h; its tickets are drawn with it for ever. */
export async function withdrawForm(context: TicketsContext, { formId, expectedVersion }: DraftTarget): Promise<string> {
  await context.em.transactional(async (em) => {
    const id = isId('frm', formId) ? formId : '';
    const version = await em.findOne(FormVersion, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!version) throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] });
    if (version.status !== 'PUBLISHED' || (expectedVersion ?? version.revision) !== version.revision)
      throw conflict('Someone else changed this form meanwhile.');
    version.withdraw(em, formActOf(context));
  });
  await context.deps.library.refresh();
  return formId;
}
