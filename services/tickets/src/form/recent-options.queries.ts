import { ErrorCode, RequestError } from '@atende/service';
import type { ListedEntry } from '../catalogue/catalogue.ts';
import { lastChosen } from '../opening/last-opened.queries.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { fieldsOf, type OptionSource } from './form.ts';
import { isUnder } from './form-condition.ts';
import { labelOf } from './form-display.ts';
import { optionFault } from './form-option.ts';
import { drawOption, type OptionRow } from './form-option.view.ts';

interface Asked {
  field: string;
  parent?: string | null;
  first?: number | null;
}

/** What the person chose last in a list, in whatever form and under whatever name, as far as it can still be chosen. */
export async function recentOptions({ em, viewer, deps, language }: TicketsContext, { field, parent, first }: Asked): Promise<OptionRow[]> {
  const size = first ?? 10;
  if (size < 1 || size > 100) throw new RequestError(ErrorCode.FIRST_REQUIRED, 'Ask for `first`, 1 to 100.');
  const { library } = deps;
  const forms = (await library.published()).map((version) => library.formOf(version));
  const sources = forms.flatMap(fieldsOf).flatMap(({ key, options }) => (key === field && options ? [options] : []));
  if (sources.length === 0) throw new RequestError(ErrorCode.BAD_USER_INPUT, 'No form has a field of that name with options.');
  const catalogue = await library.catalogue();
  const [above = null] = parent ? await catalogue.listed([parent]) : [];
  if (parent && !above) return [];
  const ids = await lastChosen(em, viewer);
  const known = new Map((await catalogue.listed(ids)).map((entry) => [entry.id, entry]));
  const offered = ids.flatMap((id) => {
    const entry = known.get(id);
    const source = entry && sources.find((one) => offers(one, entry, above));
    return source ? [drawOption(entry, language, labelOf(entry, source))] : [];
  });
  return offered.slice(0, size);
}

/** Whether a list has this entry, below what was chosen: a field that every form binds to a product of its own means the list of each. */
function offers(source: OptionSource, entry: ListedEntry, above: ListedEntry | null): boolean {
  if (above === null) return source.parent === undefined && optionFault(source, entry, null) === null;
  const goesBelow = source.parent !== undefined || (source.root !== undefined && isUnder(above.path, source.root));
  return goesBelow && optionFault({ ...source, parent: source.parent ?? 'above' }, entry, above) === null;
}
