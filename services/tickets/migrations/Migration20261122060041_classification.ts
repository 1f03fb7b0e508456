import { Migration } from '@mikro-orm/migrations';

export class Migration20261122060041_classification extends Migration {
  override name = 'Migration20261122060041_classification';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "former_form" ("ticket_id" text not null, "until" int not null, "form_id" text not null, "request_type" text not null, "subject" text not null, "description" text null, "answers" jsonb not null, primary key ("ticket_id", "until"));`,
    );

    this.addSql(`alter table "ticket" add "routing" jsonb null;`);

    this.addSql(`alter table "former_form" enable row level security;`);
    this.addSql(`alter table "former_form" force row level security;`);
    this.addSql(
      `create policy "seen" on "former_form" for select using (exists (select 1 from ticket where ticket.id = former_form.ticket_id));`,
    );
    this.addSql(
      `create policy "kept" on "former_form" for insert with check (exists (select 1 from ticket where ticket.id = former_form.ticket_id));`,
    );
    this.addSql(`create policy "worker" on "former_form" using ((select current_user like '%\\_worker'));`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "former_form" cascade;`);

    this.addSql(`alter table "ticket" drop column "routing";`);
  }
}
