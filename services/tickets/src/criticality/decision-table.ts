import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { CriticalityRow } from './criticality.ts';

/** The decision table of criticality, one row per edition; the newest decides. */
const DecisionTableSchema = defineEntity({
  name: 'DecisionTable',
  tableName: 'decision_table',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: 'true' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    edition: p.integer().primary().autoincrement(false),
    rows: p.json<CriticalityRow[]>(),
    at: p.datetime(3),
  }),
});
export class DecisionTable extends DecisionTableSchema.class {}
DecisionTableSchema.setClass(DecisionTable);
