import { Migration } from '@mikro-orm/migrations';

/** What was done stays done: not even the owner of the tables changes the log, short of switching these off. */
export class Migration20261122024825_audit_append_only extends Migration {
  override name = 'Migration20261122024825_audit_append_only';

  override up(): void {
    this.addSql(`create function refuse_rewriting() returns trigger language plpgsql as $$
      begin raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege'; end $$;`);
    for (const table of ['audit_entry', 'audit_seal'])
      this.addSql(
        `create trigger append_only before update or delete or truncate on "${table}" for each statement execute function refuse_rewriting();`,
      );
  }

  override down(): void {
    for (const table of ['audit_entry', 'audit_seal']) this.addSql(`drop trigger append_only on "${table}";`);
    this.addSql('drop function refuse_rewriting();');
  }
}
