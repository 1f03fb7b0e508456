import { optionListId } from '@atende/events';
import { type Context, ErrorCode, RequestError } from '@atende/service';
import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { FieldOptionConnection } from './form.graphql.ts';
import { type Form, fieldsOf, scopeOf } from './form.ts';
import { labelOf } from './form-display.ts';
import { drawOption, type OptionRow } from './form-option.view.ts';
import type { Language } from './form-text.ts';

export interface OptionsAsked {
  field: string;
  parent: string | null;
  answers: { field: string; value: unknown }[] | null;
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
  const above = asked.parent ?? asked.answers?.find((answer) => answer.field === source.parent)?.value ?? null;
  const scope = scopeOf(source, typeof above === 'string' ? above : null);
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

/** Options by id, in the caller's language; retired ones are still called by their name. */
export async function optionReferences(context: Context, ids: string[]): Promise<OptionRow[]> {
  const { deps, language } = context as TicketsContext;
  const catalogue = await deps.library.catalogue();
  return (await catalogue.listed(ids)).map((entry) => drawOption(entry, language));
}
