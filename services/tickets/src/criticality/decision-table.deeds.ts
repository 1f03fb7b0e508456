import { conflict, type Fault, Refused } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { CriticalityRow } from './criticality.ts';
import { listOf, tableFaults } from './decision-faults.ts';
import { DecisionTable, newestEdition } from './decision-table.ts';

/** Adds an edition, so that it decides on what this replica opens when it has answered; on others within two seconds. */
export async function saveDecisionTable(
  context: TicketsContext,
  { rows, expectedEdition }: { rows: CriticalityRow[]; expectedEdition: number },
): Promise<DecisionTable> {
  const { viewer, now, requestId, traceparent } = context;
  const saved = await context.em.transactional(async (em) => {
    const faults = await faultsOf(em, rows);
    if (faults.length > 0) throw new Refused(...faults.map(({ field = [], ...fault }) => ({ ...fault, field: ['input', ...field] })));
    const { edition } = await newestEdition(em);
    if (edition !== expectedEdition) throw conflict('Someone else changed the decision table meanwhile.');
    return DecisionTable.add(em, { edition: edition + 1, rows }, { actor: viewer.analystId, now, requestId, traceparent });
  });
  await context.deps.library.refresh();
  return saved;
}

/** Everything that saving these rows would refuse. */
export async function faultsOf(em: EntityManager, rows: readonly CriticalityRow[]): Promise<Fault[]> {
  const entries = await em.find(CatalogueRow, { level: { $in: Object.values(listOf) } }, { fields: ['level', 'code'] });
  const known = new Set(entries.map(({ level, code }) => `${level} ${code}`));
  return tableFaults(rows, (list, code) => known.has(`${list} ${code}`));
}
