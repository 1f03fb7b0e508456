import { Migration } from '@mikro-orm/migrations';

export class Migration20261122051802_a_mail_about_oneself extends Migration {

  override name = 'Migration20261122051802_a_mail_about_oneself';

  override up(): void | Promise<void> {
    this.addSql(`drop policy "requested" on "mail";`);

    this.addSql(`create policy "requested" on "mail" for insert with check (((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))) or person_id = (select nullif(current_setting('app.person', true), ''))));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "requested" on "mail";`);

    this.addSql(`create policy "requested" on "mail" for insert with check ((organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[]) or ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]))));`);
  }

}
