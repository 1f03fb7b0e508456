import { Migration } from '@mikro-orm/migrations';

export class Migration20261122031330_organizations extends Migration {

  override name = 'Migration20261122031330_organizations';

  override up(): void | Promise<void> {
    this.addSql(`alter table "help_contact" add "version" int not null default 0;`);
    this.addSql(`create policy "set" on "help_contact" for insert with check (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`);
    this.addSql(`create policy "unset" on "help_contact" for delete using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`);

    this.addSql(`create policy "registered" on "organization" for insert with check (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`);
    this.addSql(`create policy "changed" on "organization" for update using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "set" on "help_contact";`);
    this.addSql(`drop policy "unset" on "help_contact";`);

    this.addSql(`drop policy "registered" on "organization";`);
    this.addSql(`drop policy "changed" on "organization";`);

    this.addSql(`alter table "help_contact" drop column "version";`);
  }

}
