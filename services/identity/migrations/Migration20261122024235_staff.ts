import { Migration } from '@mikro-orm/migrations';

export class Migration20261122024235_staff extends Migration {
  override name = 'Migration20261122024235_staff';

  override up(): void | Promise<void> {
    this.addSql(`drop policy "supervised" on "session";`);

    this.addSql(
      `create policy "founded" on "support_group" for insert with check (case when kind = 'OMBUDSMAN' then id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[]) else ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) end);`,
    );
    this.addSql(
      `create policy "changed" on "support_group" for update using (case when kind = 'OMBUDSMAN' then id = any((select string_to_array(nullif(current_setting('app.groups', true), ''), ','))::text[]) else ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) end);`,
    );

    this.addSql(`alter table "person" add "version" int not null default 0, add "phone" text null;`);
    this.addSql(`create policy "changed" on "person" for update using (id = (select nullif(current_setting('app.person', true), '')));`);

    this.addSql(
      `create policy "employed" on "analyst" for insert with check (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`,
    );
    this.addSql(
      `create policy "changed" on "analyst" for update using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) or ('OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) or id = (select nullif(current_setting('app.analyst', true), '')));`,
    );

    this.addSql(
      `create policy "supervised" on "session" using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])) or ('OMBUDSMAN' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "employed" on "analyst";`);
    this.addSql(`drop policy "changed" on "analyst";`);

    this.addSql(`drop policy "changed" on "person";`);

    this.addSql(`drop policy "supervised" on "session";`);

    this.addSql(`drop policy "founded" on "support_group";`);
    this.addSql(`drop policy "changed" on "support_group";`);

    this.addSql(`alter table "person" drop column "version", drop column "phone";`);

    this.addSql(
      `create policy "supervised" on "session" using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`,
    );
  }
}
