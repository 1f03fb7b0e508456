import { type EventOf, OptionsOffered } from '@atende/events';
import { on, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';

/** An option that articles may name, as far as the events of tickets say. One that went out of use is still what old articles are about. */
const CatalogueOptionSchema = defineEntity({
  name: 'CatalogueOption',
  tableName: 'catalogue_option',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: sqlIsStaff },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    /** PRODUCT or MODULE. */
    list: p.text(),
  }),
});
export class CatalogueOption extends CatalogueOptionSchema.class {}
CatalogueOptionSchema.setClass(CatalogueOption);

const LISTS = ['PRODUCT', 'MODULE'];

export async function keepOptions(em: EntityManager, { data }: EventOf<typeof OptionsOffered>): Promise<void> {
  const options = data.places
    .filter(({ list }) => LISTS.includes(list))
    .flatMap(({ list, optionIds }) => optionIds.map((id) => ({ id, list })));
  const distinct = [...new Map(options.map((option) => [option.id, option])).values()];
  if (distinct.length > 0) await em.upsertMany(CatalogueOption, distinct);
}

export const consumers = [on(OptionsOffered, (event, { em }) => keepOptions(em, event))];
