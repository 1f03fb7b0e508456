import { notFound } from '@atende/service';
import type { TicketsContext } from '../tickets-context.ts';
import { readDefinition } from './form-definition.ts';
import { diffForms } from './form-diff.ts';
import { drawChange } from './form-diff.view.ts';
import { namesIn } from './form-diff-names.ts';
import type { FormChangeFace } from './form-editing.graphql.ts';
import { versionById } from './form-editing.view.ts';

/** What one version says otherwise than another. A draft that is no JSON says nothing yet. */
export async function changesBetween(context: TicketsContext, from: string, to: string): Promise<FormChangeFace[]> {
  const versions = await Promise.all([from, to].map((id) => versionById(context, id)));
  const [before, after] = versions.map((version) => {
    if (!version) throw notFound();
    return readDefinition(version.definition).data;
  });
  const names = await namesIn([before, after], await context.deps.library.catalogue());
  return diffForms(before, after).map((change) => drawChange(change, { language: context.language, names }));
}
