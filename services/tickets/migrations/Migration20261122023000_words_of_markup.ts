import { Migration } from '@mikro-orm/migrations';

export class Migration20261122023000_words_of_markup extends Migration {
  override name = 'Migration20261122023000_words_of_markup';

  override up(): void | Promise<void> {
    // PostgreSQL's parser looks for the end of each "<!--" anew: twelve thousand of them cost it fifteen seconds.
    this.addSql(`create or replace function words_of(text, "char") returns tsvector language sql stable return
      setweight(to_tsvector('pg_catalog.portuguese', plain_words(translate(left(coalesce($1, ''), 200000), '<>', '  '))), $2);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`create or replace function words_of(text, "char") returns tsvector language sql stable return
      setweight(to_tsvector('pg_catalog.portuguese', plain_words(left(coalesce($1, ''), 200000))), $2);`);
  }
}
