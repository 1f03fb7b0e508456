import { ErrorCode, RequestError } from '@atende/service';
import type { OpenableForm } from '../form/form-version.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { readDefinition } from './form-definition.ts';
import { FormDraftRow } from './form-draft.ts';
import { formVersionSeen } from './form-editing.policy.ts';

/** A draft to be tried out by a supervisor: drawn and evaluated like a version, opened by nobody. Null for anybody else. */
export async function formOnTrial(
  { em, viewer }: TicketsContext,
  which: { id: string } | { requestType: string; version: number },
): Promise<OpenableForm | null> {
  if (!formVersionSeen.allows(viewer, { status: 'DRAFT' })) return null;
  const draft = await em.findOne(FormDraftRow, which);
  if (!draft) return null;
  const { form, defects } = readDefinition(draft.definition);
  if (!form || defects.length > 0) throw new RequestError(ErrorCode.BAD_USER_INPUT, 'Mend the defects of this draft, then try it out.');
  const { id, requestType, version } = draft;
  return { id, requestType, version, status: 'DRAFT', definition: form, isOpen: () => true };
}
