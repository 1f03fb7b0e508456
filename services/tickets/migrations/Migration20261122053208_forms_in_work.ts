import { Migration } from '@mikro-orm/migrations';

export class Migration20261122053208_forms_in_work extends Migration {
  override name = 'Migration20261122053208_forms_in_work';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "form_draft" ("id" text not null, "request_type" text not null, "version" int not null, "definition" text not null, "revision" int not null, "saved_at" timestamptz(3) not null, "saved_by_id" text null, primary key ("id"));`,
    );
    this.addSql(`alter table "form_draft" add constraint "form_draft_request_type_unique" unique ("request_type");`);

    this.addSql(`alter table "form_version" add "published_by_id" text null, add "revision" int not null default 1;`);
    this.addSql(`create unique index "form_version_published" on "form_version" ("request_type") where "status" = 'PUBLISHED';`);
    this.addSql(
      `create policy "added" on "form_version" for insert with check ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
    this.addSql(
      `create policy "superseded" on "form_version" for update using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );

    // A form's revision counts its events. The owner reads past row-level security only where it is not forced.
    for (const table of ['form_version', 'event']) this.addSql(`alter table "${table}" no force row level security;`);
    this.addSql(`update "form_version" as "v" set "revision" = greatest(1, (select count(*) from "event" where "aggregate" = "v"."id"));`);
    for (const table of ['form_version', 'event']) this.addSql(`alter table "${table}" force row level security;`);

    this.addSql(`alter table "form_draft" enable row level security;`);
    this.addSql(`alter table "form_draft" force row level security;`);
    this.addSql(
      `create policy "supervisors" on "form_draft" using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) with check ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "form_draft" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "form_draft" cascade;`);

    this.addSql(`drop policy "added" on "form_version";`);
    this.addSql(`drop policy "superseded" on "form_version";`);

    this.addSql(`drop index "form_version_published";`);
    this.addSql(`alter table "form_version" drop column "published_by_id", drop column "revision";`);
  }
}
