import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import { type Field, type Form, fieldsOf, scopeOf } from '../form/form.ts';
import type { Answer } from '../form/form-catalogue.ts';
import type { FormContext } from '../form/form-context.ts';
import { evaluateForm } from '../form/form-evaluation.ts';

/** Answers what a form requires: texts as given by meaning, of options the `pick`th (wrapping around), so that demo tickets differ. */
export async function answersFor(
  form: Form,
  context: FormContext,
  catalogue: CatalogueLookup,
  texts: { subject: string; description: string },
  pick: number,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const field of fieldsOf(form)) {
    const { fields } = await evaluateForm(form, answers, context, catalogue);
    const state = fields.find(({ key }) => key === field.key);
    if (!state?.visible || !state.required || state.value !== null) continue;
    answers.push({ field: field.key, value: field.options ? await optionFor(field, answers, catalogue, pick) : textFor(field, texts) });
  }
  return answers;
}

async function optionFor(field: Field, answers: Answer[], catalogue: CatalogueLookup, pick: number): Promise<unknown> {
  if (!field.options) return null;
  const above = answers.find((answer) => answer.field === field.options?.parent)?.value;
  const scope = scopeOf(field.options, typeof above === 'string' ? above : null);
  // Forms begin with Brazil; other lists rotate.
  const search = field.means === 'country' ? 'Brasil' : null;
  const { entries } = scope ? await catalogue.page(scope, { search, language: 'pt-BR', first: 20, after: null }) : { entries: [] };
  const withMore = entries.filter((entry) => entry.children);
  const list = field.means === 'routineGroup' || withMore.length === 0 ? entries : withMore;
  return list[pick % list.length]?.id ?? null;
}

const textFor = ({ means, kind }: Field, { subject, description }: { subject: string; description: string }): unknown =>
  kind === 'BOOLEAN' ? true : means === 'description' ? description : subject;
