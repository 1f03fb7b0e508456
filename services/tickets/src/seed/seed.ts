import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { offerEverything } from '../catalogue/catalogue-offer.ts';
import { DecisionTable } from '../criticality/decision-table.ts';
import { FormVersion } from '../form/form-version.ts';
import { LifecyclePolicy } from '../lifecycle/lifecycle-policy.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedDecisionTable } from './criticality.ts';
import { seedForms } from './forms.ts';
import { seedLifecycle } from './lifecycle.ts';

/** What every installation starts with. What has any row of its own is left alone. Replicas may race: one wins. */
export async function seed({ em, now }: { em: EntityManager; now: Date }): Promise<void> {
  await em.transactional(async (own) => {
    await own.execute('select pg_advisory_xact_lock(7284)');
    const isEmpty = async (table: EntityName): Promise<boolean> => (await own.count(table)) === 0;
    if (await isEmpty(DecisionTable)) own.create(DecisionTable, { edition: 1, rows: [...seedDecisionTable], at: now, savedById: null });
    if (await isEmpty(LifecyclePolicy)) own.create(LifecyclePolicy, { edition: 1, rules: seedLifecycle, at: now });
    if (await isEmpty(CatalogueRow)) await seedEntries(own, now);
    if (await isEmpty(FormVersion)) publishForms(own, now);
    await own.flush();
    await offerEverything(own, now);
  });
}

const seedEntries = (em: EntityManager, changedAt: Date) =>
  em.insertMany(
    CatalogueRow,
    seedCatalogue.map((entry) => ({ ...entry, changedAt })),
  );

/** The first version of every form, published. */
function publishForms(em: EntityManager, at: Date): void {
  for (const { id, requestType, version, form } of seedForms) {
    em.create(FormVersion, {
      id,
      requestType,
      version,
      status: 'PUBLISHED',
      definition: form,
      publishedAt: at,
      publishedById: null,
      supersededAt: null,
    });
  }
}
