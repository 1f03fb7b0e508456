import { Migration } from '@mikro-orm/migrations';

export class Migration20261121201701_first extends Migration {
  override name = 'Migration20261121201701_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "attachment" ("id" text not null, "version" int not null, "uploader_id" text not null, "organization_ids" text[] not null, "file_name" text not null, "extension" text null, "declared_type" text not null, "size" bigint not null, "form_id" text null, "for_ticket_id" text null, "draft_id" text null, "archives_only" boolean not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "status" text not null, "refusal" text null, "media_type" text null, "archive" boolean not null, "sha256" text null, "completed_at" timestamptz(3) null, "judged_at" timestamptz(3) null, "ticket_id" text null, "comment_id" text null, "visibility" text null, "linked_at" timestamptz(3) null, "deletion" text null, "deleted_at" timestamptz(3) null, "erase_at" timestamptz(3) null, "judge_id" text null, "judge_until" timestamptz(3) null, "judge_tries" int not null, primary key ("id"));`,
    );
    this.addSql(`create index "attachment_by_ticket" on "attachment" ("ticket_id", "id");`);
    this.addSql(`create index "attachment_by_uploader" on "attachment" ("uploader_id", "id");`);
    this.addSql(`create index "attachment_by_content" on "attachment" ("sha256");`);
    this.addSql(`create index "attachment_unjudged" on "attachment" ("completed_at") where "status" = 'QUARANTINED';`);
    this.addSql(`create index "attachment_uploading" on "attachment" ("id") where "status" = 'UPLOADING';`);
    this.addSql(`create index "attachment_unclaimed" on "attachment" ("expires_at") where "ticket_id" is null and "status" <> 'DELETED';`);
    this.addSql(`create index "attachment_to_erase" on "attachment" ("erase_at") where "erase_at" is not null;`);

    this.addSql(
      `create table "consumer_position" ("owner" text not null, "epoch" text not null, "position" bigint not null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("owner"));`,
    );

    this.addSql(`create table "ended_session" ("id" text not null, "ended_at" timestamptz(3) not null, primary key ("id"));`);
    this.addSql(`create index "ended_session_ended_at_index" on "ended_session" ("ended_at");`);

    this.addSql(
      `create table "event" ("id" text not null, "aggregate" text not null, "version" int not null, "type" text not null, "v" int not null, "data" jsonb not null, "actor" text null, "audience" text not null, "at" timestamptz(3) not null, "request_id" text null, "traceparent" text null, "position" bigint null, primary key ("id"));`,
    );
    this.addSql(`create index "event_unnumbered" on "event" ("id") where "position" is null;`);
    this.addSql(`alter table "event" add constraint "event_one_per_version" unique ("aggregate", "version");`);
    this.addSql(`alter table "event" add constraint "event_position" unique ("position");`);

    this.addSql(
      `create table "form_rule" ("form_id" text not null, "extensions" text[] null, "archives_only" boolean not null, "max_files" int not null, "max_bytes" bigint not null, primary key ("form_id"));`,
    );

    this.addSql(
      `create table "idempotency" ("person_id" text not null, "mutation" text not null, "client_key" text not null, "fingerprint" text not null, "result_id" text not null, "at" timestamptz not null, primary key ("person_id", "mutation", "client_key"));`,
    );
    this.addSql(`create index "idempotency_at_index" on "idempotency" ("at");`);

    this.addSql(
      `create table "inbox" ("event_id" text not null, "owner" text not null, "type" text not null, "aggregate" text not null, "version" int not null, "at" timestamptz(3) not null, primary key ("event_id"));`,
    );

    this.addSql(
      `create table "parked_event" ("event_id" text not null, "owner" text not null, "aggregate" text not null, "version" int not null, "envelope" jsonb not null, "tries" int not null, "reason" text null, "next_try_at" timestamptz(3) null, "parked_at" timestamptz(3) not null, primary key ("event_id"));`,
    );
    this.addSql(`create index "parked_event_order" on "parked_event" ("owner", "aggregate", "version");`);
    this.addSql(`create index "parked_event_due" on "parked_event" ("next_try_at");`);

    this.addSql(
      `create table "relay" ("id" smallint not null, "epoch" text not null, "last_position" bigint not null default '0', "published_position" bigint not null default '0', "published_id" text null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("id"));`,
    );

    this.addSql(
      `create table "ticket_access" ("ticket_id" text not null, "organization_id" text not null, "requester_id" text not null, "group_id" text null, "restricted" boolean not null, "analyst_ids" text[] not null, "version" int not null, primary key ("ticket_id"));`,
    );
    this.addSql(`create index "ticket_access_organization_id_index" on "ticket_access" ("organization_id");`);
    this.addSql(`create index "ticket_access_requester_id_index" on "ticket_access" ("requester_id");`);

    this.addSql(`create table "ticket_form" ("ticket_id" text not null, "form_id" text not null, primary key ("ticket_id"));`);

    this.addSql(`alter table "attachment" enable row level security;`);
    this.addSql(`alter table "attachment" force row level security;`);
    this.addSql(
      `create policy "own" on "attachment" for select using ("uploader_id" = (select nullif(current_setting('app.person', true), '')) and "ticket_id" is null);`,
    );
    this.addSql(
      `create policy "linked" on "attachment" for select using (exists (select 1 from "ticket_access" as "a" where "a"."ticket_id" = "attachment"."ticket_id") and ("visibility" = 'PUBLIC' or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'])));`,
    );
    this.addSql(
      `create policy "begun" on "attachment" for insert with check ("uploader_id" = (select nullif(current_setting('app.person', true), '')) and "ticket_id" is null and "status" = 'UPLOADING');`,
    );
    this.addSql(
      `create policy "deleted" on "attachment" for update using ("uploader_id" = (select nullif(current_setting('app.person', true), '')) and "ticket_id" is null) with check ("uploader_id" = (select nullif(current_setting('app.person', true), '')) and "ticket_id" is null and "status" = 'DELETED');`,
    );
    this.addSql(`create policy "worker" on "attachment" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "ended_session" enable row level security;`);
    this.addSql(`alter table "ended_session" force row level security;`);
    this.addSql(`create policy "worker" on "ended_session" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(`alter table "event" force row level security;`);
    this.addSql(`create policy "appended" on "event" for insert with check (true);`);
    this.addSql(`create policy "fed" on "event" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "event" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "form_rule" enable row level security;`);
    this.addSql(`alter table "form_rule" force row level security;`);
    this.addSql(
      `create policy "read" on "form_rule" for select using ((select current_setting('app.kind', true) in ('PERSON', 'CLASS')));`,
    );
    this.addSql(`create policy "worker" on "form_rule" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "own_keys" on "idempotency" using (person_id = nullif(current_setting('app.person', true), ''));`);
    this.addSql(`create policy "worker" on "idempotency" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "ticket_access" enable row level security;`);
    this.addSql(`alter table "ticket_access" force row level security;`);
    this.addSql(`create policy "seen" on "ticket_access" for select using ((requester_id = any((select string_to_array(nullif(current_setting('app.contacts', true), ''), ','))::text[]) or case when restricted
    then 'OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
    else 'SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
      or organization_id = any((select string_to_array(nullif(current_setting('app.whole_organizations', true), ''), ','))::text[])
      or group_id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[])
      or nullif(current_setting('app.analyst', true), '') = any(analyst_ids) end));`);
    this.addSql(`create policy "worker" on "ticket_access" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "ticket_form" enable row level security;`);
    this.addSql(`alter table "ticket_form" force row level security;`);
    this.addSql(
      `create policy "seen" on "ticket_form" for select using (exists (select 1 from "ticket_access" as "a" where "a"."ticket_id" = "ticket_form"."ticket_id"));`,
    );
    this.addSql(`create policy "worker" on "ticket_form" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "attachment" cascade;`);
    this.addSql(`drop table if exists "consumer_position" cascade;`);
    this.addSql(`drop table if exists "ended_session" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "form_rule" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "inbox" cascade;`);
    this.addSql(`drop table if exists "parked_event" cascade;`);
    this.addSql(`drop table if exists "relay" cascade;`);
    this.addSql(`drop table if exists "ticket_access" cascade;`);
    this.addSql(`drop table if exists "ticket_form" cascade;`);
  }
}
