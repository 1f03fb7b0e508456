import { isId } from '@atende/service';
import { FormVersion } from '../form/form-version.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { written } from './form-definition.ts';
import { FormDraftRow } from './form-draft.ts';
import type { FormVersionFace } from './form-editing.graphql.ts';

/** A draft or a version as the public schema shows it, with what its relations are read by. */
export interface FormVersionRow extends FormVersionFace {
  authorId: string | null;
  /** null: what was published has no defects. */
  draft: FormDraftRow | null;
}

const drawDraft = (draft: FormDraftRow): FormVersionRow => {
  const { id, requestType, version, revision, definition, savedAt, savedById: authorId } = draft;
  return {
    id,
    requestType,
    version,
    status: 'DRAFT',
    revision,
    definition,
    savedAt,
    authorId,
    publishedAt: null,
    supersededAt: null,
    draft,
  };
};

const drawVersion = ({ definition, publishedById: authorId, ...version }: FormVersion): FormVersionRow => {
  const { id, requestType, version: number, status, revision, publishedAt, supersededAt } = version;
  const dates = { publishedAt, supersededAt, savedAt: null };
  return { id, requestType, version: number, status, revision, ...dates, definition: written(definition), authorId, draft: null };
};

export const draftById = async ({ em }: TicketsContext, id: string): Promise<FormDraftRow | null> =>
  isId('frm', id) ? em.findOne(FormDraftRow, { id }) : null;

export async function versionById(context: TicketsContext, id: string): Promise<FormVersionRow | null> {
  const draft = await draftById(context, id);
  if (draft) return drawDraft(draft);
  const version = isId('frm', id) ? await context.em.findOne(FormVersion, { id }, { refresh: true }) : null;
  return version && drawVersion(version);
}

/** The versions of a request type, the newest first. */
export async function versionsOf({ em }: TicketsContext, requestType: string): Promise<FormVersionRow[]> {
  const versions = await em.find(FormVersion, { requestType }, { orderBy: { version: 'desc' } });
  return [...(await em.find(FormDraftRow, { requestType })).map(drawDraft), ...versions.map(drawVersion)];
}

/** Of every request type its draft and its last version, in use or withdrawn. */
export async function formsInWork({ em }: TicketsContext): Promise<FormVersionRow[]> {
  const versions = await em.find(FormVersion, {}, { orderBy: { requestType: 'asc', version: 'desc' } });
  const newest = versions.filter(({ requestType }, at) => versions[at - 1]?.requestType !== requestType);
  const rows = [...(await em.find(FormDraftRow, {})).map(drawDraft), ...newest.map(drawVersion)];
  return rows.sort((a, b) => a.requestType.localeCompare(b.requestType) || b.version - a.version);
}
