import { CatalogueImported } from '@atende/events';
import { ErrorCode, newId, once, Refused, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CatalogueEdit } from '../catalogue/catalogue-edit.ts';
import { planCatalogue, type SaidLine } from '../catalogue/catalogue-plan.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { linesOfCsv } from './catalogue-csv.ts';
import type { ImportCatalogueInput } from './catalogue-import.graphql.ts';
import { CatalogueImport, type CatalogueReport, importedLine, reportOf } from './catalogue-import.ts';
import { linesOfJson } from './catalogue-json.ts';
import { partsOf } from './catalogue-part.ts';

/**
 * Takes a file in, once per clientKey: all of it in one transaction, or nothing when any line is refused. A dry run says what would
 * happen and writes nothing.
 */
export async function importCatalogue(context: TicketsContext, input: ImportCatalogueInput): Promise<CatalogueReport> {
  const { em, viewer, now, deps } = context;
  const { clientKey, ...said } = input;
  if (input.dryRun) {
    const plan = await planCatalogue(await linesIn(em, viewer, input), await deps.library.freshCatalogue());
    return reportOf(plan.map(importedLine), false);
  }
  try {
    const call = { em, viewer, now, mutation: 'importCatalogue', clientKey, input: said, id: newId('cat') };
    const id = await once(call, async (own, importId) => {
      const lines = await linesIn(own, viewer, input);
      const { edit, catalogue } = await CatalogueEdit.begin(context, own, importId);
      const plan = await planCatalogue(lines, catalogue);
      const report = reportOf(plan.map(importedLine), true);
      const { CREATED: created, CHANGED: changed, RETIRED: retired, UNCHANGED: unchanged, REFUSED: refused } = report.counts;
      if (refused > 0) throw new NothingDone(reportOf(report.lines, false));
      const news = plan.filter(({ outcome }) => outcome !== 'UNCHANGED');
      await edit.keep(news, catalogue);
      if (news.length > 0) edit.tell(CatalogueImported, { created, changed, retired, unchanged });
      const kept = report.lines.map(({ line, outcome }) => [line, outcome] as [number, typeof outcome]);
      own.create(CatalogueImport, { id: importId, personId: viewer.personId as string, lines: kept, createdAt: now });
    });
    await deps.library.freshCatalogue();
    const { lines: kept } = await em.findOneOrFail(CatalogueImport, { id });
    return reportOf(
      kept.map(([line, outcome]) => ({ line, outcome, faults: [] })),
      true,
    );
  } catch (error) {
    if (error instanceof NothingDone) return error.report;
    throw error;
  }
}

/** Undoes the transaction of a file with refused lines. */
class NothingDone extends Error {
  readonly report: CatalogueReport;
  constructor(report: CatalogueReport) {
    super('some lines are refused');
    this.report = report;
  }
}

async function linesIn(
  em: EntityManager,
  viewer: Viewer,
  { clientKey, format, content, parts }: ImportCatalogueInput,
): Promise<SaidLine[]> {
  if (typeof content === 'string' && typeof parts === 'number')
    throw new Refused({ code: ErrorCode.BAD_USER_INPUT, field: ['input', 'parts'] });
  const file = typeof parts === 'number' ? await partsOf({ em, viewer }, clientKey, parts) : (content ?? '');
  const field = ['input', typeof parts === 'number' ? 'parts' : 'content'];
  return format === 'CSV' ? linesOfCsv(file, field) : linesOfJson(file, field);
}
