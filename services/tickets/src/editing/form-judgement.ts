import type { EntityManager } from '@mikro-orm/postgresql';
import type { Form } from '../form/form.ts';
import type { FormDefect } from '../form/form-defect.ts';
import type { FormLibrary } from '../form/form-library.ts';
import { FormVersion } from '../form/form-version.ts';
import { seedRouting } from '../seed/routing.ts';
import { readDefinition } from './form-definition.ts';
import type { FormDraftRow } from './form-draft.ts';
import { readinessDefects } from './form-readiness.ts';

export interface Judged {
  /** null where anything is wrong with it */
  form: Form | null;
  defects: FormDefect[];
}

/** Everything that keeps a draft from being published. */
export async function judged(em: EntityManager, library: FormLibrary, { definition, requestType }: FormDraftRow): Promise<Judged> {
  const { form, defects: own } = readDefinition(definition);
  if (!form) return { form, defects: own };
  const before = await newestOf(em, requestType);
  const lacking = await readinessDefects(form, {
    requestType,
    before: before ? library.formOf(before) : null,
    catalogue: await library.catalogue(),
    decisionTable: (await library.decisionTable()).rows,
    routing: seedRouting,
  });
  const defects = [...own, ...lacking];
  return { form: defects.length === 0 ? form : null, defects };
}

/** The last version of a request type that was published, in use or not. */
export const newestOf = async (em: EntityManager, requestType: string): Promise<FormVersion | undefined> =>
  (await em.find(FormVersion, { requestType }, { orderBy: { version: 'desc' }, limit: 1 }))[0];
