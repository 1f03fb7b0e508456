import { Migration } from '@mikro-orm/migrations';

export class Migration20261121204511_first extends Migration {
  override name = 'Migration20261121204511_first';

  override up(): void | Promise<void> {
    this.addSql(`create sequence "ticket_number" start 100001;`);
    this.addSql(
      `create table "catalogue_entry" ("id" text not null, "parent_id" text null, "path" text not null, "level" text not null, "code" text not null, "labels" jsonb not null, "help" jsonb null, "aliases" text[] not null, "service_group" text null, "kind" text null, "retired" boolean not null, "position" int not null, "changed_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "catalogue_entry_parent_id_index" on "catalogue_entry" ("parent_id");`);
    this.addSql(`alter table "catalogue_entry" add constraint "catalogue_entry_path_unique" unique ("path");`);

    this.addSql(
      `create table "comment" ("id" text not null, "ticket_id" text not null, "author_id" text not null, "side" text not null, "internal" boolean not null, "body" text not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "comment_by_ticket" on "comment" ("ticket_id", "id");`);

    this.addSql(
      `create table "consumer_position" ("owner" text not null, "epoch" text not null, "position" bigint not null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("owner"));`,
    );

    this.addSql(
      `create table "contact_fact" ("id" text not null, "version" int not null, "organization_id" text not null, "active" boolean not null, "may_open" boolean not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "deadline" ("ticket_id" text not null, "stay" int not null, "kind" text not null, "due_at" timestamptz(3) not null, primary key ("ticket_id", "stay", "kind"));`,
    );
    this.addSql(`create index "deadline_due_at_index" on "deadline" ("due_at");`);

    this.addSql(
      `create table "decision_table" ("edition" int not null, "rows" jsonb not null, "at" timestamptz(3) not null, primary key ("edition"));`,
    );

    this.addSql(
      `create table "event" ("id" text not null, "aggregate" text not null, "version" int not null, "type" text not null, "v" int not null, "data" jsonb not null, "actor" text null, "audience" text not null, "at" timestamptz(3) not null, "request_id" text null, "traceparent" text null, "position" bigint null, primary key ("id"));`,
    );
    this.addSql(`create index "event_unnumbered" on "event" ("id") where "position" is null;`);
    this.addSql(`alter table "event" add constraint "event_one_per_version" unique ("aggregate", "version");`);
    this.addSql(`alter table "event" add constraint "event_position" unique ("position");`);

    this.addSql(
      `create table "form_version" ("id" text not null, "request_type" text not null, "version" int not null, "status" text not null, "definition" jsonb not null, "published_at" timestamptz(3) null, "superseded_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`alter table "form_version" add constraint "form_version_of_type" unique ("request_type", "version");`);

    this.addSql(
      `create table "group_fact" ("id" text not null, "version" int not null, "active" boolean not null, "code" text not null, primary key ("id"));`,
    );
    this.addSql(`alter table "group_fact" add constraint "group_fact_code_unique" unique ("code");`);

    this.addSql(
      `create table "idempotency" ("person_id" text not null, "mutation" text not null, "client_key" text not null, "fingerprint" text not null, "result_id" text not null, "at" timestamptz not null, primary key ("person_id", "mutation", "client_key"));`,
    );
    this.addSql(`create index "idempotency_at_index" on "idempotency" ("at");`);

    this.addSql(
      `create table "inbox" ("event_id" text not null, "owner" text not null, "type" text not null, "aggregate" text not null, "version" int not null, "at" timestamptz(3) not null, primary key ("event_id"));`,
    );

    this.addSql(
      `create table "lifecycle_policy" ("edition" int not null, "rules" jsonb not null, "at" timestamptz(3) not null, primary key ("edition"));`,
    );

    this.addSql(
      `create table "organization_fact" ("id" text not null, "version" int not null, "active" boolean not null, "client_code" text not null, "plan" text not null, "bso" boolean not null, "country" text not null, "entitlements" text[] not null, primary key ("id"));`,
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
      `create table "ticket" ("id" text not null, "number" text not null, "version" int not null, "organization_id" text not null, "requester_id" text not null, "opened_by_id" text not null, "restricted" boolean not null, "analyst_ids" text[] not null, "watchers" text[] not null, "request_type" text not null, "form_id" text not null, "channel" text not null, "subject" text not null, "description" text null, "answers" jsonb not null, "product_id" text null, "module_id" text null, "environment_id" text null, "requested_priority" text null, "follow_up_of_id" text null, "created_at" timestamptz(3) not null, "status" text not null, "stage" text not null, "group_id" text null, "assignee_id" text null, "severity" text not null, "priority" text not null, "criticality" text not null, "criticality_rule" text null, "criticality_reason" jsonb null, "immediate_attention" text null, "classification" text not null, "resolution" text null, "due_to" text null, "due_at" timestamptz(3) null, "stay" int not null, "last_interaction_at" timestamptz(3) not null, "merged_into_id" text null, primary key ("id"));`,
    );
    this.addSql(`alter table "ticket" add constraint "ticket_number_unique" unique ("number");`);
    this.addSql(`create index "ticket_by_organization" on "ticket" ("organization_id", "id");`);
    this.addSql(`create index "ticket_by_requester" on "ticket" ("requester_id", "id");`);
    this.addSql(`create index "ticket_by_group" on "ticket" ("group_id", "id");`);
    this.addSql(`create index "ticket_by_interaction" on "ticket" ("last_interaction_at", "id");`);
    this.addSql(`create index "ticket_by_status" on "ticket" ("status", "id");`);
    this.addSql(`create index "ticket_by_follow_up" on "ticket" ("follow_up_of_id");`);

    this.addSql(`alter table "catalogue_entry" enable row level security;`);
    this.addSql(`alter table "catalogue_entry" force row level security;`);
    this.addSql(`create policy "read" on "catalogue_entry" for select using (true);`);
    this.addSql(`create policy "worker" on "catalogue_entry" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "comment" enable row level security;`);
    this.addSql(`alter table "comment" force row level security;`);
    this.addSql(
      `create policy "seen" on "comment" for select using ((select current_setting('app.kind', true) = 'GATEWAY') or (exists (select 1 from ticket where ticket.id = comment.ticket_id) and (not internal or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']))));`,
    );
    this.addSql(
      `create policy "written" on "comment" for insert with check (exists (select 1 from ticket where ticket.id = comment.ticket_id) and (not internal or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'])));`,
    );
    this.addSql(`create policy "worker" on "comment" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "contact_fact" enable row level security;`);
    this.addSql(`alter table "contact_fact" force row level security;`);
    this.addSql(
      `create policy "known" on "contact_fact" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']) or organization_id = any((select string_to_array(nullif(current_setting('app.organizations', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "contact_fact" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "deadline" enable row level security;`);
    this.addSql(`alter table "deadline" force row level security;`);
    this.addSql(
      `create policy "set" on "deadline" for insert with check (exists (select 1 from ticket where ticket.id = deadline.ticket_id));`,
    );
    this.addSql(`create policy "counted" on "deadline" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "deadline" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "decision_table" enable row level security;`);
    this.addSql(`alter table "decision_table" force row level security;`);
    this.addSql(`create policy "read" on "decision_table" for select using (true);`);
    this.addSql(`create policy "worker" on "decision_table" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(`alter table "event" force row level security;`);
    this.addSql(`create policy "appended" on "event" for insert with check (true);`);
    this.addSql(`create policy "fed" on "event" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "event" using ((select current_user like '%\\_worker'));`);
    this.addSql(
      `create policy "seen" on "event" for select using (audience <> 'SYSTEM' and (audience = 'PUBLIC' or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'])) and exists (select 1 from ticket where ticket.id = event.aggregate));`,
    );

    this.addSql(`alter table "form_version" enable row level security;`);
    this.addSql(`alter table "form_version" force row level security;`);
    this.addSql(`create policy "published" on "form_version" for select using (status <> 'DRAFT');`);
    this.addSql(`create policy "worker" on "form_version" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "group_fact" enable row level security;`);
    this.addSql(`alter table "group_fact" force row level security;`);
    this.addSql(
      `create policy "known" on "group_fact" for select using (cardinality((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]) > 0);`,
    );
    this.addSql(`create policy "worker" on "group_fact" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "own_keys" on "idempotency" using (person_id = nullif(current_setting('app.person', true), ''));`);
    this.addSql(`create policy "worker" on "idempotency" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "lifecycle_policy" enable row level security;`);
    this.addSql(`alter table "lifecycle_policy" force row level security;`);
    this.addSql(`create policy "read" on "lifecycle_policy" for select using (true);`);
    this.addSql(`create policy "worker" on "lifecycle_policy" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "organization_fact" enable row level security;`);
    this.addSql(`alter table "organization_fact" force row level security;`);
    this.addSql(
      `create policy "known" on "organization_fact" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']) or id = any((select string_to_array(nullif(current_setting('app.organizations', true), ''), ','))::text[]));`,
    );
    this.addSql(`create policy "worker" on "organization_fact" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "ticket" enable row level security;`);
    this.addSql(`alter table "ticket" force row level security;`);
    this.addSql(`create policy "seen" on "ticket" for select using ((select current_setting('app.kind', true) = 'GATEWAY') or (requester_id = any((select string_to_array(nullif(current_setting('app.contacts', true), ''), ','))::text[]) or case when restricted
    then 'OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
    else 'SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
      or organization_id = any((select string_to_array(nullif(current_setting('app.whole_organizations', true), ''), ','))::text[])
      or group_id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[])
      or nullif(current_setting('app.analyst', true), '') = any(analyst_ids) end));`);
    this.addSql(`create policy "opened" on "ticket" for insert with check ((requester_id = any((select string_to_array(nullif(current_setting('app.contacts', true), ''), ','))::text[]) or case when restricted
    then 'OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
    else 'SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
      or organization_id = any((select string_to_array(nullif(current_setting('app.whole_organizations', true), ''), ','))::text[])
      or group_id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[])
      or nullif(current_setting('app.analyst', true), '') = any(analyst_ids) end));`);
    this.addSql(`create policy "changed" on "ticket" for update using ((requester_id = any((select string_to_array(nullif(current_setting('app.contacts', true), ''), ','))::text[]) or case when restricted
    then 'OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
    else 'SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])
      or organization_id = any((select string_to_array(nullif(current_setting('app.whole_organizations', true), ''), ','))::text[])
      or group_id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[])
      or nullif(current_setting('app.analyst', true), '') = any(analyst_ids) end));`);
    this.addSql(`create policy "worker" on "ticket" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "catalogue_entry" cascade;`);
    this.addSql(`drop table if exists "comment" cascade;`);
    this.addSql(`drop table if exists "consumer_position" cascade;`);
    this.addSql(`drop table if exists "contact_fact" cascade;`);
    this.addSql(`drop table if exists "deadline" cascade;`);
    this.addSql(`drop table if exists "decision_table" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "form_version" cascade;`);
    this.addSql(`drop table if exists "group_fact" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "inbox" cascade;`);
    this.addSql(`drop table if exists "lifecycle_policy" cascade;`);
    this.addSql(`drop table if exists "organization_fact" cascade;`);
    this.addSql(`drop table if exists "parked_event" cascade;`);
    this.addSql(`drop table if exists "relay" cascade;`);
    this.addSql(`drop table if exists "ticket" cascade;`);
  }
}
