import { Migration } from '@mikro-orm/migrations';

export class Migration20261122022005_import extends Migration {
  override name = 'Migration20261122022005_import';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "contact_import" ("id" text not null, "organization_id" text not null, "person_id" text not null, "lines" jsonb not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "contact_import_by_time" on "contact_import" ("created_at");`);

    this.addSql(`drop policy "requested" on "mail";`);

    this.addSql(`drop policy "issued" on "one_time_token";`);

    this.addSql(`drop policy "changed" on "contact";`);
    this.addSql(`drop policy "invited" on "contact";`);

    this.addSql(
      `create policy "requested" on "mail" for insert with check ((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`,
    );

    this.addSql(
      `create policy "issued" on "one_time_token" for insert with check ((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`,
    );

    this.addSql(
      `create policy "changed" on "contact" for update using ((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`,
    );
    this.addSql(
      `create policy "invited" on "contact" for insert with check ((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`,
    );

    this.addSql(
      `create policy "supervised" on "session" using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`,
    );

    this.addSql(`alter table "contact_import" enable row level security;`);
    this.addSql(`alter table "contact_import" force row level security;`);
    this.addSql(
      `create policy "own" on "contact_import" for select using (person_id = (select nullif(current_setting('app.person', true), '')));`,
    );
    this.addSql(
      `create policy "imported" on "contact_import" for insert with check (person_id = (select nullif(current_setting('app.person', true), '')) and (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`,
    );
    this.addSql(`create policy "worker" on "contact_import" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "contact_import" cascade;`);

    this.addSql(`drop policy "invited" on "contact";`);
    this.addSql(`drop policy "changed" on "contact";`);

    this.addSql(`drop policy "requested" on "mail";`);

    this.addSql(`drop policy "issued" on "one_time_token";`);

    this.addSql(`drop policy "supervised" on "session";`);

    this.addSql(
      `create policy "invited" on "contact" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
    this.addSql(
      `create policy "changed" on "contact" for update using (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );

    this.addSql(
      `create policy "requested" on "mail" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );

    this.addSql(
      `create policy "issued" on "one_time_token" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
  }
}
