import { Migration } from '@mikro-orm/migrations';

export class Migration20261121231332_first extends Migration {
  override name = 'Migration20261121231332_first';

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

    this.addSql(
      `create table "favorite_list" ("person_id" text not null, "list_id" text not null, "version" int not null, "option_ids" text[] not null, "saved_at" timestamptz(3) not null, primary key ("person_id", "list_id"));`,
    );

    this.addSql(
      `create table "field_option" ("id" text not null, "list" text not null, "above_ids" text[] not null, "retired" boolean not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "form_fields" ("request_type" text not null, "form_version" int not null, "fields" jsonb not null, primary key ("request_type"));`,
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

    this.addSql(`alter table "event" enable row level security;`);
    this.addSql(`alter table "event" force row level security;`);
    this.addSql(`create policy "appended" on "event" for insert with check (true);`);
    this.addSql(`create policy "fed" on "event" for select using ((select current_setting('app.kind', true) = 'GATEWAY'));`);
    this.addSql(`create policy "worker" on "event" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "favorite_list" enable row level security;`);
    this.addSql(`alter table "favorite_list" force row level security;`);
    this.addSql(`create policy "own" on "favorite_list" using ("person_id" = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(`create policy "worker" on "favorite_list" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "field_option" enable row level security;`);
    this.addSql(`alter table "field_option" force row level security;`);
    this.addSql(
      `create policy "read" on "field_option" for select using ((select current_setting('app.kind', true) in ('PERSON', 'CLASS')));`,
    );
    this.addSql(`create policy "worker" on "field_option" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "form_fields" enable row level security;`);
    this.addSql(`alter table "form_fields" force row level security;`);
    this.addSql(
      `create policy "read" on "form_fields" for select using ((select current_setting('app.kind', true) in ('PERSON', 'CLASS')));`,
    );
    this.addSql(`create policy "worker" on "form_fields" using ((select current_user like '%\\_worker'));`);

    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "own_keys" on "idempotency" using (person_id = nullif(current_setting('app.person', true), ''));`);
    this.addSql(`create policy "worker" on "idempotency" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "consumer_position" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "favorite_list" cascade;`);
    this.addSql(`drop table if exists "field_option" cascade;`);
    this.addSql(`drop table if exists "form_fields" cascade;`);
    this.addSql(`drop table if exists "idempotency" cascade;`);
    this.addSql(`drop table if exists "inbox" cascade;`);
    this.addSql(`drop table if exists "parked_event" cascade;`);
    this.addSql(`drop table if exists "relay" cascade;`);
  }
}
