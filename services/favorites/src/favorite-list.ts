import { sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';

/** The options of one list that a person wants on top, in the person's order. */
const FavoriteListSchema = defineEntity({
  name: 'FavoriteList',
  tableName: 'favorite_list',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('"person_id"') },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    personId: p.text().primary(),
    listId: p.text().primary(),
    /** Counts how often the person saved it; a list that was never saved has no row and is version 0. */
    version: p.integer(),
    /** As they were saved: those retired since are left out when it is read. */
    optionIds: p.array<string>().columnType('text[]'),
    savedAt: p.datetime(3),
  }),
});
export class FavoriteList extends FavoriteListSchema.class {
  replace(optionIds: string[], now: Date): void {
    this.version += 1;
    this.optionIds = optionIds;
    this.savedAt = now;
  }
}
FavoriteListSchema.setClass(FavoriteList);
