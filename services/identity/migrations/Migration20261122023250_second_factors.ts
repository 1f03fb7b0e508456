import { Migration } from '@mikro-orm/migrations';

export class Migration20261122023250_second_factors extends Migration {
  override name = 'Migration20261122023250_second_factors';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "second_factor" ("id" text not null, "person_id" text not null, "version" int not null, "secret" text not null, "begun_at" timestamptz(3) not null, "confirmed_at" timestamptz(3) null, "last_step" int null, primary key ("id"));`,
    );
    this.addSql(`alter table "second_factor" add constraint "second_factor_person_id_unique" unique ("person_id");`);

    this.addSql(`alter table "one_time_token" drop constraint "one_time_token_person_id_foreign";`);

    this.addSql(`alter table "one_time_token" add "bound_to" text null;`);
    this.addSql(`alter table "one_time_token" alter column "person_id" drop not null;`);
    this.addSql(
      `alter table "one_time_token" add constraint "one_time_token_person_id_foreign" foreign key ("person_id") references "person" ("id") on delete set null;`,
    );

    this.addSql(
      `alter table "second_factor" add constraint "second_factor_person_id_foreign" foreign key ("person_id") references "person" ("id");`,
    );
    this.addSql(`alter table "second_factor" enable row level security;`);
    this.addSql(`alter table "second_factor" force row level security;`);
    this.addSql(`create policy "worker" on "second_factor" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "second_factor" cascade;`);

    this.addSql(`alter table "one_time_token" drop constraint "one_time_token_person_id_foreign";`);

    this.addSql(`alter table "one_time_token" drop column "bound_to";`);
    this.addSql(`alter table "one_time_token" alter column "person_id" set not null;`);
    this.addSql(
      `alter table "one_time_token" add constraint "one_time_token_person_id_foreign" foreign key ("person_id") references "person" ("id");`,
    );
  }
}
