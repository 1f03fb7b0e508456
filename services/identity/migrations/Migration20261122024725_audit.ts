import { Migration } from '@mikro-orm/migrations';

export class Migration20261122024725_audit extends Migration {
  override name = 'Migration20261122024725_audit';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "audit_entry" ("id" text not null, "at" timestamptz(3) not null, "act" text not null, "outcome" text not null, "code" text null, "field" text null, "actor_id" text null, "person_id" text null, "session_id" text null, "key_id" text null, "subject_id" text null, "subject_version" int null, "organization_id" text null, "service" text not null, "request_id" text null, "network" text null, "count" int not null, "digest" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "audit_entry_by_time" on "audit_entry" ("at", "id");`);
    this.addSql(`create index "audit_entry_by_actor" on "audit_entry" ("actor_id", "at", "id");`);
    this.addSql(`create index "audit_entry_by_person" on "audit_entry" ("person_id", "at", "id");`);
    this.addSql(`create index "audit_entry_by_subject" on "audit_entry" ("subject_id", "at", "id");`);
    this.addSql(`create index "audit_entry_by_organization" on "audit_entry" ("organization_id", "at", "id");`);
    this.addSql(`create index "audit_entry_by_act" on "audit_entry" ("act", "outcome", "at", "id");`);

    this.addSql(`create table "audit_pending" ("entry_id" text not null, primary key ("entry_id"));`);

    this.addSql(
      `create table "audit_seal" ("position" bigint not null, "entry_id" text not null, "hash" text not null, primary key ("position"));`,
    );
    this.addSql(`alter table "audit_seal" add constraint "audit_seal_entry_id_unique" unique ("entry_id");`);

    this.addSql(`alter table "audit_entry" enable row level security;`);
    this.addSql(`alter table "audit_entry" force row level security;`);
    this.addSql(
      `create policy "audited" on "audit_entry" for select using ('AUDITOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "audit_entry" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "audit_pending" enable row level security;`);
    this.addSql(`alter table "audit_pending" force row level security;`);
    this.addSql(`create policy "worker" on "audit_pending" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "audit_seal" enable row level security;`);
    this.addSql(`alter table "audit_seal" force row level security;`);
    this.addSql(
      `create policy "audited" on "audit_seal" for select using ('AUDITOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "audit_seal" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "audit_entry" cascade;`);
    this.addSql(`drop table if exists "audit_pending" cascade;`);
    this.addSql(`drop table if exists "audit_seal" cascade;`);
  }
}
