import { Migration } from '@mikro-orm/migrations';

export class Migration20261122061506_similar_tickets extends Migration {
  override name = 'Migration20261122061506_similar_tickets';

  override up(): void | Promise<void> {
    this.addSql(`create index "ticket_by_opener" on "ticket" ("opened_by_id", "created_at");`);
    this.addSql(`create index "ticket_open_by_organization" on "ticket" ("organization_id", "id") where status not in ('CLOSED', 'CANCELLED');`);

    // How well tickets fit what somebody is about to open; \`among\` are those that the caller sees and may name. A word counts the more
    // the fewer of them have it, and nothing where more than ten and a third of them have it. Two words must meet, or one of the same module.
    this.addSql(`create function similar_tickets(subject text, body text, product text, module text, among text[])
      returns table (ticket_id text, likeness float8)
      language plpgsql stable security definer rows 5
      set search_path = public, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
      set plan_cache_mode = force_generic_plan as $$
      begin
        return query with asked as materialized (
          select ('''' || lexeme || '''')::tsquery as word
          from unnest(words_of(left($1, 500), 'A') || words_of(left($2, 4000), 'B'))
          where lexeme ~ '^[[:alnum:]][[:alnum:]_.-]{1,39}$' order by positions[1] limit 32
        ), known as materialized (
          select ticket.id, ticket.product_id = $3 as of_product, ticket.module_id = $4 as of_module, ts_filter(words, '{a,b}') as words
          from ticket join ticket_words on ticket_words.ticket_id = ticket.id where ticket.id = any($5)
        ), hits as (
          select id, of_product, of_module, count(*) over (partition by word::text) as holders from known join asked on known.words @@ word
        )
        select id, sum(ln(1 + cardinality($5)::float8 / holders)) * (1 + coalesce(of_module, false)::int * 0.5 + coalesce(of_product, false)::int * 0.25)
        from hits where holders <= greatest(10, cardinality($5) / 3)
        group by id, of_product, of_module having count(*) > 1 or of_module
        order by 2 desc, id desc limit 5;
      end $$;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop function similar_tickets(text, text, text, text, text[]);`);
    this.addSql(`drop index "ticket_by_opener";`);
    this.addSql(`drop index "ticket_open_by_organization";`);
  }
}
