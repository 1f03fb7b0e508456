import { Migration } from '@mikro-orm/migrations';

export class Migration20261121225945_retirement extends Migration {
  override name = 'Migration20261121225945_retirement';

  override up(): void | Promise<void> {
    this.addSql(`alter table "catalogue_entry" add "replaced_by_id" text null, add "version" int not null default 0;`);
    this.addSql(
      `create policy "kept" on "catalogue_entry" for update using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "kept" on "catalogue_entry";`);

    this.addSql(`alter table "catalogue_entry" drop column "replaced_by_id", drop column "version";`);
  }
}
