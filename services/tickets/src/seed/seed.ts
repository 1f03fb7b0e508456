import { FormPublished } from '@atende/events';
import { recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CatalogueRow } from '../catalogue-entry.ts';
import { DecisionTable } from '../decision-table.ts';
import { FormVersion } from '../form-version.ts';
import { LifecyclePolicy } from '../lifecycle-policy.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedDecisionTable } from './criticality.ts';
import { seedForms } from './forms.ts';
import { seedLifecycle } from './lifecycle.ts';

/** What every installation starts with: catalogue, decision table, how long tickets wait, and the first version of every form. Replicas may race: one wins. */
export async function seed({ em, now }: { em: EntityManager; now: Date }): Promise<void> {
  await em.transactional(async (own) => {
    await own.execute('select pg_advisory_xact_lock(7284)');
    if ((await own.count(DecisionTable)) > 0) return;
    own.create(DecisionTable, { edition: 1, rows: [...seedDecisionTable], at: now });
    own.create(LifecyclePolicy, { edition: 1, rules: seedLifecycle, at: now });
    await own.insertMany(
      CatalogueRow,
      seedCatalogue.map((entry) => ({ ...entry, changedAt: now })),
    );
    for (const { id, requestType, version, form } of seedForms) {
      own.create(FormVersion, { id, requestType, version, status: 'PUBLISHED', definition: form, publishedAt: now, supersededAt: null });
      recordEvent(own, FormPublished, {
        aggregate: id,
        version: 1,
        data: { requestType, formVersion: version, attachmentPolicy: form.attachmentPolicy },
        actor: null,
        audience: 'SYSTEM',
        at: now,
      });
    }
  });
}
