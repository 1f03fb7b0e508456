import { Migration } from '@mikro-orm/migrations';

export class Migration20261122054639_editions extends Migration {
  override name = 'Migration20261122054639_editions';

  override up(): void | Promise<void> {
    this.addSql(`drop policy "read" on "decision_table";`);

    this.addSql(`alter table "decision_table" add "saved_by_id" text null;`);
    this.addSql(
      `create policy "added" on "decision_table" for insert with check ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );
    this.addSql(
      `create policy "read" on "decision_table" for select using ('SUPERVISOR' = any((select string_to_array(nullif(current_setting('app.roles', true), ''), ','))::text[]));`,
    );

    this.addSql(`alter table "ticket" add "criticality_edition" int null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop policy "read" on "decision_table";`);
    this.addSql(`drop policy "added" on "decision_table";`);

    this.addSql(`alter table "decision_table" drop column "saved_by_id";`);
    this.addSql(`create policy "read" on "decision_table" for select using (true);`);

    this.addSql(`alter table "ticket" drop column "criticality_edition";`);
  }
}
