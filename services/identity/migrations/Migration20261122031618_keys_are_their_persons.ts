import { Migration } from '@mikro-orm/migrations';

export class Migration20261122031618_keys_are_their_persons extends Migration {
  override name = 'Migration20261122031618_keys_are_their_persons';

  override up(): void | Promise<void> {
    this.addSql(`drop policy "administered" on "api_key";`);

    this.addSql(
      `create policy "supervised" on "api_key" for select using (('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[])));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "supervised" on "api_key";`);

    this.addSql(
      `create policy "administered" on "api_key" for select using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]) or exists (select 1 from contact where contact.person_id = api_key.person_id and contact.organization_id = any((select string_to_array(nullif(current_setting('app.administered', true), ''), ','))::text[])));`,
    );
  }
}
