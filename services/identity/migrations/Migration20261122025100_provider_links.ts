import { Migration } from '@mikro-orm/migrations';

export class Migration20261122025100_provider_links extends Migration {
  override name = 'Migration20261122025100_provider_links';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "provider_link" ("issuer" text not null, "subject" text not null, "person_id" text not null, "linked_at" timestamptz(3) not null, primary key ("issuer", "subject"));`,
    );
    this.addSql(`alter table "provider_link" add constraint "provider_link_once_per_person" unique ("issuer", "person_id");`);

    this.addSql(
      `alter table "provider_link" add constraint "provider_link_person_id_foreign" foreign key ("person_id") references "person" ("id");`,
    );
    this.addSql(`alter table "provider_link" enable row level security;`);
    this.addSql(`alter table "provider_link" force row level security;`);
    this.addSql(`create policy "worker" on "provider_link" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "provider_link" cascade;`);
  }
}
