import { Migration } from '@mikro-orm/migrations';

export class Migration20261121233120_first extends Migration {
  override name = 'Migration20261121233120_first';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "article" ("id" text not null, "version" int not null, "slug" text not null, "status" text not null, "edition" int not null, "kind" text not null, "language" text not null, "audience" text not null, "title" text not null, "summary" text not null, "body" text not null, "labels" text[] not null, "product_ids" text[] not null, "module_ids" text[] not null, "html" text not null, "plain" text not null, "created_at" timestamptz(3) not null, "changed_at" timestamptz(3) not null, "published_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "article_newest" on "article" ("changed_at", "id");`);
    this.addSql(`alter table "article" add constraint "article_slug" unique ("slug");`);

    this.addSql(
      `create table "article_draft" ("article_id" text not null, "content" jsonb not null, "saved_at" timestamptz(3) not null, primary key ("article_id"));`,
    );

    this.addSql(
      `create table "article_edition" ("article_id" text not null, "number" int not null, "content" jsonb not null, "published_at" timestamptz(3) not null, "published_by_id" text null, primary key ("article_id", "number"));`,
    );

    this.addSql(
      `create table "article_vote" ("article_id" text not null, "person_id" text not null, "helpful" boolean not null, "cast_at" timestamptz(3) not null, primary key ("article_id", "person_id"));`,
    );

    this.addSql(`create table "catalogue_option" ("id" text not null, "list" text not null, primary key ("id"));`);

    this.addSql(
      `create table "consumer_position" ("owner" text not null, "epoch" text not null, "position" bigint not null, "holder" text null, "lease_until" timestamptz(3) null, primary key ("owner"));`,
    );

    this.addSql(
      `create table "event" ("id" text not null, "aggregate" text not null, "version" int not null, "type" text not null, "v" int not null, "data" jsonb not null, "actor" text null, "audience" text not null, "at" timestamptz(3) not null, "request_id" text null, "traceparent" text null, "position" bigint null, primary key ("id"));`,
    );
    this.addSql(`create index "event_unnumbered" on "event" ("id") where "position" is null;`);
    this.addSql(`alter table "event" add constraint "event_one_per_version" unique ("aggregate", "version");`);
    this.addSql(`alter table "event" add constraint "event_position" unique ("position");`);

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

    this.addSql(`alter table "article" enable row level security;`);
    this.addSql(`alter table "article" force row level security;`);
    this.addSql(
      `create policy "seen" on "article" for select using (("status" = 'PUBLISHED' and ("audience" = 'PUBLIC' or ("audience" = 'CLIENTS' and (select nullif(current_setting('app.organizations', true), '') is not null)))) or ((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(
      `create policy "written" on "article" for insert with check (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(
      `create policy "changed" on "article" for update using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'])) with check (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(`create policy "worker" on "article" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "article_draft" enable row level security;`);
    this.addSql(`alter table "article_draft" force row level security;`);
    this.addSql(
      `create policy "staff" on "article_draft" using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN'])) with check (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(`create policy "worker" on "article_draft" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "article_edition" enable row level security;`);
    this.addSql(`alter table "article_edition" force row level security;`);
    this.addSql(
      `create policy "read" on "article_edition" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(
      `create policy "added" on "article_edition" for insert with check (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(`create policy "worker" on "article_edition" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "article_vote" enable row level security;`);
    this.addSql(`alter table "article_vote" force row level security;`);
    this.addSql(
      `create policy "counted" on "article_vote" for select using (exists (select 1 from "article" as "a" where "a"."id" = "article_vote"."article_id"));`,
    );
    this.addSql(
      `create policy "cast" on "article_vote" for insert with check ("person_id" = (select nullif(current_setting('app.person', true), '')) and exists (select 1 from "article" as "a" where "a"."id" = "article_vote"."article_id"));`,
    );
    this.addSql(
      `create policy "recast" on "article_vote" for update using ("person_id" = (select nullif(current_setting('app.person', true), ''))) with check ("person_id" = (select nullif(current_setting('app.person', true), '')));`,
    );
    this.addSql(`create policy "worker" on "article_vote" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "catalogue_option" enable row level security;`);
    this.addSql(`alter table "catalogue_option" force row level security;`);
    this.addSql(
      `create policy "read" on "catalogue_option" for select using (((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[] && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']));`,
    );
    this.addSql(`create policy "worker" on "catalogue_option" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(`alter table "event" force row level security;`);
    this.addSql(`create policy "appended" on "event" for insert with check (true);`);
    this.addSql(`create policy "fed" on "event" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "event" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "own_keys" on "idempotency" using (person_id = nullif(current_setting('app.person', true), ''));`);
    this.addSql(`create policy "worker" on "idempotency" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "article" cascade;`);
    this.addSql(`drop table if exists "article_draft" cascade;`);
    this.addSql(`drop table if exists "article_edition" cascade;`);
    this.addSql(`drop table if exists "article_vote" cascade;`);
    this.addSql(`drop table if exists "catalogue_option" cascade;`);
    this.addSql(`drop table if exists "consumer_position" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "inbox" cascade;`);
    this.addSql(`drop table if exists "parked_event" cascade;`);
    this.addSql(`drop table if exists "relay" cascade;`);
  }
}
