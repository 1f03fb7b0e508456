import { Migration } from '@mikro-orm/migrations';

export class Migration20261122020856_api_keys extends Migration {
  override name = 'Migration20261122020856_api_keys';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_key" ("id" text not null, "person_id" text not null, "name" text not null, "scopes" text[] not null, "digest" text not null, "last_four" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "api_key" add constraint "api_key_digest_unique" unique ("digest");`);
    this.addSql(`create index "api_key_by_person" on "api_key" ("person_id");`);

    this.addSql(`alter table "api_key" add constraint "api_key_person_id_foreign" foreign key ("person_id") references "person" ("id");`);
    this.addSql(`alter table "api_key" enable row level security;`);
    this.addSql(`alter table "api_key" force row level security;`);
    this.addSql(`create policy "own" on "api_key" using (person_id = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(
      `create policy "administered" on "api_key" for select using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]) or exists (select 1 from contact where contact.person_id = api_key.person_id and contact.organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[])));`,
    );
    this.addSql(`create policy "worker" on "api_key" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_key" cascade;`);
  }
}
