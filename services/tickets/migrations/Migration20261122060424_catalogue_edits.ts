import { Migration } from '@mikro-orm/migrations';

export class Migration20261122060424_catalogue_edits extends Migration {

  override name = 'Migration20261122060424_catalogue_edits';

  override up(): void | Promise<void> {
    this.addSql(`create table "catalogue_import" ("id" text not null, "person_id" text not null, "lines" jsonb not null, "created_at" timestamptz(3) not null, primary key ("id"));`);
    this.addSql(`create index "catalogue_import_by_time" on "catalogue_import" ("created_at");`);

    this.addSql(`create table "catalogue_part" ("person_id" text not null, "client_key" text not null, "part" int not null, "content" text not null, "created_at" timestamptz(3) not null, primary key ("person_id", "client_key", "part"));`);
    this.addSql(`create index "catalogue_part_created_at_index" on "catalogue_part" ("created_at");`);

    this.addSql(`alter table "catalogue_entry" add "revision" bigint not null default '0';`);
    this.addSql(`create index "catalogue_entry_by_edit" on "catalogue_entry" ("revision", "path" collate "C");`);
    this.addSql(`create policy "made" on "catalogue_entry" for insert with check ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`);

    this.addSql(`alter table "catalogue_import" enable row level security;`);
    this.addSql(`alter table "catalogue_import" force row level security;`);
    this.addSql(`create policy "own" on "catalogue_import" using (person_id = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(`create policy "worker" on "catalogue_import" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "catalogue_part" enable row level security;`);
    this.addSql(`alter table "catalogue_part" force row level security;`);
    this.addSql(`create policy "own" on "catalogue_part" using (person_id = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(`create policy "worker" on "catalogue_part" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "catalogue_import" cascade;`);
    this.addSql(`drop table if exists "catalogue_part" cascade;`);

    this.addSql(`drop policy "made" on "catalogue_entry";`);

    this.addSql(`drop index "catalogue_entry_by_edit";`);
    this.addSql(`alter table "catalogue_entry" drop column "revision";`);
  }

}
