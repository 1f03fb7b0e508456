import { CriticalitySaved } from '@atende/events';
import { demoId, recordEvent, sqlHasRole, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { Moment } from '../ticket/ticket-acting.ts';
import type { CriticalityRow } from './criticality.ts';

const bySupervisor = sqlHasRole('SUPERVISOR');

/** The decision table of criticality, one row per edition; the newest decides. An edition never changes: tickets name it. */
const DecisionTableSchema = defineEntity({
  name: 'DecisionTable',
  tableName: 'decision_table',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: bySupervisor },
    { name: 'added', command: 'insert', check: bySupervisor },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    edition: p.integer().primary().autoincrement(false),
    rows: p.json<CriticalityRow[]>(),
    at: p.datetime(3),
    /** Analyst who saved it; null: it came with the installation. */
    savedById: p.text().strictNullable(),
  }),
});
export class DecisionTable extends DecisionTableSchema.class {
  /** The next edition. Of two who add the same one, the second fails. */
  static add(
    em: EntityManager,
    table: Pick<DecisionTable, 'edition' | 'rows'>,
    { actor, now, requestId, traceparent }: Moment & { actor: string | null },
  ): DecisionTable {
    recordEvent(em, CriticalitySaved, {
      ...{ aggregate: DECISION_TABLE_ID, version: table.edition, actor, at: now, requestId, traceparent },
      audience: 'SYSTEM',
      data: { rowCount: table.rows.length },
    });
    return em.create(DecisionTable, { ...table, at: now, savedById: actor });
  }
}
DecisionTableSchema.setClass(DecisionTable);

/** The table as an aggregate: its events are its editions but the first, which came with the installation. */
const DECISION_TABLE_ID = demoId('dct', 'criticality');

export const newestEdition = async (em: EntityManager): Promise<DecisionTable> => {
  const [newest] = await em.find(DecisionTable, {}, { orderBy: { edition: 'desc' }, limit: 1 });
  if (!newest) throw new Error('every installation starts with a decision table');
  return newest;
};
