import { Migration } from '@mikro-orm/migrations';

export class Migration20261122052717_drafts extends Migration {
  override name = 'Migration20261122052717_drafts';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "ticket_draft" ("id" text not null, "person_id" text not null, "version" int not null, "request_type" text not null, "content" json not null, "contact_id" text null, "created_at" timestamptz(3) not null, "saved_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "ticket_draft_of_person" on "ticket_draft" ("person_id");`);

    this.addSql(`alter table "ticket_draft" enable row level security;`);
    this.addSql(`alter table "ticket_draft" force row level security;`);
    this.addSql(`create policy "own" on "ticket_draft" using ("person_id" = (select nullif(current_setting('app.person', true), '')));`);
    this.addSql(`create policy "worker" on "ticket_draft" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "ticket_draft" cascade;`);
  }
}
