import { Migration } from '@mikro-orm/migrations';

export class Migration20261121201423_first extends Migration {
  override name = 'Migration20261121201423_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "consumer_position" ("owner" text not null, "epoch" text not null, "position" bigint not null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("owner"));`,
    );

    this.addSql(
      `create table "event" ("id" text not null, "aggregate" text not null, "version" int not null, "type" text not null, "v" int not null, "data" jsonb not null, "actor" text null, "audience" text not null, "at" timestamptz(3) not null, "request_id" text null, "traceparent" text null, "position" bigint null, primary key ("id"));`,
    );
    this.addSql(`create index "event_unnumbered" on "event" ("id") where "position" is null;`);
    this.addSql(`alter table "event" add constraint "event_one_per_version" unique ("aggregate", "version");`);
    this.addSql(`alter table "event" add constraint "event_position" unique ("position");`);

    this.addSql(`create table "familiar_address" ("key" text not null, "at" timestamptz(3) not null, primary key ("key"));`);
    this.addSql(`create index "familiar_address_by_time" on "familiar_address" ("at");`);

    this.addSql(
      `create table "support_group" ("id" text not null, "version" int not null, "code" text not null, "names" jsonb not null, "kind" text not null, "active" boolean not null, primary key ("id"));`,
    );
    this.addSql(`alter table "support_group" add constraint "support_group_code_unique" unique ("code");`);

    this.addSql(
      `create table "help_contact" ("id" text not null, "position" int not null, "phone" text not null, "option" text null, "purpose" text not null, "descriptions" jsonb not null, "hours" jsonb not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "idempotency" ("person_id" text not null, "mutation" text not null, "client_key" text not null, "fingerprint" text not null, "result_id" text not null, "at" timestamptz not null, primary key ("person_id", "mutation", "client_key"));`,
    );
    this.addSql(`create index "idempotency_at_index" on "idempotency" ("at");`);

    this.addSql(
      `create table "inbox" ("event_id" text not null, "owner" text not null, "type" text not null, "aggregate" text not null, "version" int not null, "at" timestamptz(3) not null, primary key ("event_id"));`,
    );

    this.addSql(
      `create table "mail" ("id" text not null, "kind" text not null, "person_id" text not null, "organization_id" text null, "to" text not null, "language" text not null, "subject" text not null, "body" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "mail_by_time" on "mail" ("created_at", "id");`);

    this.addSql(
      `create table "organization" ("id" text not null, "version" int not null, "code" text not null, "legal_name" text not null, "search_name" text not null, "country" text not null, "plan" text not null, "bso" boolean not null, "contracts" text[] not null, "entitlements" text[] not null, "account_executive" jsonb null, "environments" jsonb not null, "active" boolean not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "organization" add constraint "organization_code_unique" unique ("code");`);
    this.addSql(`create index "organization_by_name" on "organization" ("search_name", "id");`);
    this.addSql(`create index "organization_words" on "organization" using gin ("search_name" gin_trgm_ops);`);

    this.addSql(
      `create table "parked_event" ("event_id" text not null, "owner" text not null, "aggregate" text not null, "version" int not null, "envelope" jsonb not null, "tries" int not null, "reason" text null, "next_try_at" timestamptz(3) null, "parked_at" timestamptz(3) not null, primary key ("event_id"));`,
    );
    this.addSql(`create index "parked_event_order" on "parked_event" ("owner", "aggregate", "version");`);
    this.addSql(`create index "parked_event_due" on "parked_event" ("next_try_at");`);

    this.addSql(
      `create table "password_reset" ("id" text not null, "login" text not null, "asked_at" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "person" ("id" text not null, "email" text not null, "name" text not null, "language" text not null, "time_zone" text not null, "auditor" boolean not null, "active" boolean not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "person" add constraint "person_email_unique" unique ("email");`);

    this.addSql(
      `create table "one_time_token" ("id" text not null, "hash" text not null, "purpose" text not null, "person_id" text not null, "organization_id" text null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "one_time_token" add constraint "one_time_token_hash_unique" unique ("hash");`);
    this.addSql(`create index "one_time_token_by_person" on "one_time_token" ("person_id");`);

    this.addSql(
      `create table "credential" ("person_id" text not null, "hash" text not null, "must_change" boolean not null, "changed_at" timestamptz(3) not null, primary key ("person_id"));`,
    );

    this.addSql(
      `create table "contact" ("id" text not null, "version" int not null, "person_id" text not null, "organization_id" text not null, "name" text not null, "search_name" text not null, "phone" text null, "scope" text not null, "may_open" boolean not null, "administrator" boolean not null, "service_manager" boolean not null, "active" boolean not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "contact_by_person" on "contact" ("person_id");`);
    this.addSql(`create index "contact_by_name" on "contact" ("organization_id", "search_name", "id");`);
    this.addSql(`create index "contact_by_name_everywhere" on "contact" ("search_name", "id");`);
    this.addSql(`create index "contact_words" on "contact" using gin ("search_name" gin_trgm_ops);`);
    this.addSql(`alter table "contact" add constraint "contact_once_per_organization" unique ("organization_id", "person_id");`);

    this.addSql(
      `create table "analyst" ("id" text not null, "version" int not null, "person_id" text not null, "name" text not null, "search_name" text not null, "level" text not null, "group_ids" text[] not null, "module_ids" text[] not null, "supervisor" boolean not null, "available" boolean not null, "active" boolean not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "analyst" add constraint "analyst_person_id_unique" unique ("person_id");`);
    this.addSql(`create index "analyst_by_name" on "analyst" ("search_name", "id");`);
    this.addSql(`create index "analyst_by_group" on "analyst" using gin ("group_ids");`);

    this.addSql(
      `create table "refresh_token" ("hash" text not null, "family" text not null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, primary key ("hash"));`,
    );
    this.addSql(`create index "refresh_token_by_family" on "refresh_token" ("family");`);
    this.addSql(`create index "refresh_token_by_expiry" on "refresh_token" ("expires_at");`);

    this.addSql(
      `create table "relay" ("id" smallint not null, "epoch" text not null, "last_position" bigint not null default '0', "published_position" bigint not null default '0', "published_id" text null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("id"));`,
    );

    this.addSql(
      `create table "session" ("id" text not null, "person_id" text not null, "family" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, "end_reason" text null, primary key ("id"));`,
    );
    this.addSql(`create unique index "session_one_alive_per_family" on "session" ("family") where "ended_at" is null;`);
    this.addSql(`create index "session_by_person" on "session" ("person_id");`);
    this.addSql(`create index "session_by_end" on "session" ("ended_at");`);

    this.addSql(
      `create table "sign_in_attempt" ("key" text not null, "failures" int not null, "at" timestamptz(3) not null, "until" timestamptz(3) not null, primary key ("key"));`,
    );
    this.addSql(`create index "sign_in_attempt_by_time" on "sign_in_attempt" ("at");`);

    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(`alter table "event" force row level security;`);
    this.addSql(`create policy "appended" on "event" for insert with check (true);`);
    this.addSql(`create policy "fed" on "event" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "event" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "familiar_address" enable row level security;`);
    this.addSql(`alter table "familiar_address" force row level security;`);
    this.addSql(`create policy "worker" on "familiar_address" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "support_group" enable row level security;`);
    this.addSql(`alter table "support_group" force row level security;`);
    this.addSql(
      `create policy "seen" on "support_group" for select using ((select current_setting('app.kind', true) in ('PERSON', 'CLASS')));`,
    );
    this.addSql(`create policy "worker" on "support_group" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "help_contact" enable row level security;`);
    this.addSql(`alter table "help_contact" force row level security;`);
    this.addSql(`create policy "shown" on "help_contact" for select using (true);`);
    this.addSql(`create policy "worker" on "help_contact" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "own_keys" on "idempotency" using (person_id = nullif(current_setting('app.person', true), ''));`);
    this.addSql(`create policy "worker" on "idempotency" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "mail" enable row level security;`);
    this.addSql(`alter table "mail" force row level security;`);
    this.addSql(
      `create policy "requested" on "mail" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "fed" on "mail" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "mail" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "organization" enable row level security;`);
    this.addSql(`alter table "organization" force row level security;`);
    this.addSql(
      `create policy "seen" on "organization" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']) or id = any((select string_to_array(nullif(current_setting('app.organizations', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "organization" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "password_reset" enable row level security;`);
    this.addSql(`alter table "password_reset" force row level security;`);
    this.addSql(`create policy "asked" on "password_reset" for insert with check (true);`);
    this.addSql(`create policy "worker" on "password_reset" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "person" add constraint "person_login_in_small_letters" check (email = lower(email));`);
    this.addSql(`alter table "person" enable row level security;`);
    this.addSql(`alter table "person" force row level security;`);
    this.addSql(`create policy "seen" on "person" for select using (id = (select nullif(current_setting('app.person', true), '')) or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']) or exists (select 1 from contact where contact.person_id = person.id and (contact.organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[])
    or (contact.administrator and contact.active and contact.organization_id = any((select string_to_array(nullif(current_setting('app.organizations', true), ''), ','))::text[])))));`);
    this.addSql(`create policy "worker" on "person" using ((select current_user like '%\\_worker'));`);

    this.addSql(
      `alter table "one_time_token" add constraint "one_time_token_person_id_foreign" foreign key ("person_id") references "person" ("id");`,
    );
    this.addSql(`alter table "one_time_token" enable row level security;`);
    this.addSql(`alter table "one_time_token" force row level security;`);
    this.addSql(
      `create policy "issued" on "one_time_token" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "one_time_token" using ((select current_user like '%\\_worker'));`);

    this.addSql(
      `alter table "credential" add constraint "credential_person_id_foreign" foreign key ("person_id") references "person" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(`alter table "credential" enable row level security;`);
    this.addSql(`alter table "credential" force row level security;`);
    this.addSql(`create policy "worker" on "credential" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "contact" add constraint "contact_person_id_foreign" foreign key ("person_id") references "person" ("id");`);
    this.addSql(
      `alter table "contact" add constraint "contact_organization_id_foreign" foreign key ("organization_id") references "organization" ("id");`,
    );
    this.addSql(`alter table "contact" enable row level security;`);
    this.addSql(`alter table "contact" force row level security;`);
    this.addSql(
      `create policy "seen" on "contact" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']) or organization_id = any((select string_to_array(nullif(current_setting('app.organizations', true), ''), ','))::text[]));`,
    );
    this.addSql(
      `create policy "invited" on "contact" for insert with check (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
    this.addSql(
      `create policy "changed" on "contact" for update using (organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "contact" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "analyst" add constraint "analyst_person_id_foreign" foreign key ("person_id") references "person" ("id");`);
    this.addSql(`alter table "analyst" enable row level security;`);
    this.addSql(`alter table "analyst" force row level security;`);
    this.addSql(`create policy "seen" on "analyst" for select using ((select current_setting('app.kind', true) in ('PERSON', 'CLASS')));`);
    this.addSql(`create policy "worker" on "analyst" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "refresh_token" enable row level security;`);
    this.addSql(`alter table "refresh_token" force row level security;`);
    this.addSql(`create policy "worker" on "refresh_token" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "session" add constraint "session_person_id_foreign" foreign key ("person_id") references "person" ("id");`);
    this.addSql(`alter table "session" enable row level security;`);
    this.addSql(`alter table "session" force row level security;`);
    this.addSql(`create policy "own" on "session" using (person_id = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(
      `create policy "administered" on "session" using (exists (select 1 from contact where contact.person_id = session.person_id and contact.organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[])));`,
    );
    this.addSql(`create policy "fed" on "session" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "session" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "sign_in_attempt" enable row level security;`);
    this.addSql(`alter table "sign_in_attempt" force row level security;`);
    this.addSql(`create policy "worker" on "sign_in_attempt" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "contact" drop constraint "contact_organization_id_foreign";`);
    this.addSql(`alter table "one_time_token" drop constraint "one_time_token_person_id_foreign";`);
    this.addSql(`alter table "credential" drop constraint "credential_person_id_foreign";`);
    this.addSql(`alter table "contact" drop constraint "contact_person_id_foreign";`);
    this.addSql(`alter table "analyst" drop constraint "analyst_person_id_foreign";`);
    this.addSql(`alter table "session" drop constraint "session_person_id_foreign";`);

    this.addSql(`drop table if exists "consumer_position" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "familiar_address" cascade;`);
    this.addSql(`drop table if exists "support_group" cascade;`);
    this.addSql(`drop table if exists "help_contact" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "inbox" cascade;`);
    this.addSql(`drop table if exists "mail" cascade;`);
    this.addSql(`drop table if exists "organization" cascade;`);
    this.addSql(`drop table if exists "parked_event" cascade;`);
    this.addSql(`drop table if exists "password_reset" cascade;`);
    this.addSql(`drop table if exists "person" cascade;`);
    this.addSql(`drop table if exists "one_time_token" cascade;`);
    this.addSql(`drop table if exists "credential" cascade;`);
    this.addSql(`drop table if exists "contact" cascade;`);
    this.addSql(`drop table if exists "analyst" cascade;`);
    this.addSql(`drop table if exists "refresh_token" cascade;`);
    this.addSql(`drop table if exists "relay" cascade;`);
    this.addSql(`drop table if exists "session" cascade;`);
    this.addSql(`drop table if exists "sign_in_attempt" cascade;`);
  }
}
