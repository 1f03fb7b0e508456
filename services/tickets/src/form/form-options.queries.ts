import { optionListId } from '@atende/events';
import { type Context, ErrorCode, RequestError } from '@atende/service';
import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { FieldOptionConnection } from './form.graphql.ts';
import { type Form, fieldsOf, scopeOf } from './form.ts';
import { labelOf } from './form-display.ts';
import type { EvaluatedOpening } from './form-opening.ts';
import { drawOption, type OptionRow } from './form-option.view.ts';
import type { Language } from './form-text.ts';

export interface OptionsAsked {
  field: string;
  /** the option chosen above it, by id */
  above: string | null;
  search: string | null;
  first: number | null;
  after: string | null;
}

/** A page of the options that a field offers below the option chosen above it. Nothing chosen above: no options yet. */
export async function optionsOf(
  form: Form,
  catalogue: CatalogueLookup,
  asked: OptionsAsked,
  language: Language,
): Promise<FieldOptionConnection> {
  const field = fieldsOf(form).find(({ key }) => key === asked.field);
  const source = field?.options;
  if (!source) throw new RequestError(ErrorCode.BAD_USER_INPUT, 'That field of the form has no options.');
  const first = asked.first ?? 0;
  if (first < 1 || first > 100) throw new RequestError(ErrorCode.FIRST_REQUIRED, 'Ask for `first`, 1 to 100.');
  const scope = scopeOf(source, asked.above);
  const page = scope && (await catalogue.page(scope, { search: asked.search, language, first, after: asked.after }));
  const edges = (page?.entries ?? []).map((entry, index) => ({
    node: drawOption(entry, language, labelOf(entry, source)),
    cursor: page?.cursors[index] ?? '',
  }));
  const pageInfo = {
    hasNextPage: page?.hasNextPage ?? false,
    hasPreviousPage: Boolean(asked.after),
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  const id = optionListId({ lists: source.levels, depth: source.depth, below: page ? page.below : '' });
  return { id, edges, pageInfo };
}

/** What holds in the field above: chosen, fixed or a default. A choice that has a fault opens no list below it. */
export function chosenAbove(field: string, { form, evaluation }: Pick<EvaluatedOpening, 'form' | 'evaluation'>): string | null {
  const parent = fieldsOf(form).find(({ key }) => key === field)?.options?.parent;
  return evaluation.chosen.get(parent ?? '')?.entries[0]?.id ?? null;
}

/** Options by id, in the caller's language; retired ones are still called by their name. */
export async function optionReferences(context: Context, ids: string[]): Promise<OptionRow[]> {
  const { deps, language } = context as TicketsContext;
  const catalogue = await deps.library.catalogue();
  return (await catalogue.listed(ids)).map((entry) => drawOption(entry, language));
}
