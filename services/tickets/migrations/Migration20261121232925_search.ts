import { Migration } from '@mikro-orm/migrations';

export class Migration20261121232925_search extends Migration {
  override name = 'Migration20261121232925_search';

  override up(): void | Promise<void> {
    this.addSql(`create table "ticket_words" ("ticket_id" text not null, "words" tsvector not null, primary key ("ticket_id"));`);
    this.addSql(`create index "ticket_words_found" on "ticket_words" using gin ("words");`);

    this.addSql(`create policy "searched" on "comment" for select to "tickets_owner" using (true);`);

    this.addSql(`create policy "searched" on "ticket" for select to "tickets_owner" using (true);`);

    this.addSql(`alter table "ticket_words" enable row level security;`);
    this.addSql(`alter table "ticket_words" force row level security;`);
    this.addSql(`create policy "keeper" on "ticket_words" to "tickets_owner" using (true);`);

    // Small letters without accents; plurals as singulars, so that "emissões" meets "emissao"; no "não", which says nothing.
    this.addSql(`create function plain_words(text) returns text language sql stable strict return
      regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(unaccent($1)),
        '\\m(nao|sao|ja|ate|so|ha|esta|estao|tambem|voces?)\\M', '', 'g'),
        '(\\w{2})[oa]es\\M', '\\1ao', 'g'),
        '(\\w{2}[aeo])is\\M', '\\1l', 'g'),
        '(\\w{2})ns\\M', '\\1m', 'g'),
        '(\\w{2}[rsz])es\\M', '\\1', 'g'),
        '(\\w{3}[aeiou])s\\M', '\\1', 'g');`);
    this.addSql(`create function words_of(text, "char") returns tsvector language sql stable return
      setweight(to_tsvector('pg_catalog.portuguese', plain_words(left(coalesce($1, ''), 200000))), $2);`);

    // Everything that a ticket is found by. Internal notes are not part of it for anybody.
    this.addSql(`create function words_of_ticket(ticket) returns tsvector language sql stable as $$
      select words_of($1.subject, 'A') || words_of($1.description, 'B') ||
        words_of((select string_agg(body, ' ' order by id) from comment where ticket_id = $1.id and not internal), 'C');
    $$;`);

    this.addSql(`create function keep_words_of_ticket() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          insert into ticket_words (ticket_id, words) values (new.id, words_of(new.subject, 'A') || words_of(new.description, 'B'));
        else
          update ticket_words set words = words_of_ticket(new) where ticket_id = new.id;
        end if;
        return null;
      end $$;`);
    // A new message adds its words; after any other change they are gathered anew.
    this.addSql(`create function keep_words_of_comment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'INSERT' then
          update ticket_words set words = words || words_of(new.body, 'C') where ticket_id = new.ticket_id;
          if not found then
            insert into ticket_words (ticket_id, words) select id, words_of_ticket(ticket) from ticket where id = new.ticket_id
              on conflict (ticket_id) do update set words = ticket_words.words || words_of(new.body, 'C');
          end if;
        else
          update ticket_words set words = words_of_ticket(ticket) from ticket where ticket.id = old.ticket_id and ticket_words.ticket_id = ticket.id;
        end if;
        return null;
      exception when program_limit_exceeded then
        return null; -- a megabyte of words: what comes later does not make the ticket easier to find
      end $$;`);
    this.addSql(`create trigger words_kept after insert or update of subject, description on ticket
      for each row execute function keep_words_of_ticket();`);
    this.addSql(
      `create trigger words_added after insert on comment for each row when (not new.internal) execute function keep_words_of_comment();`,
    );
    this.addSql(`create trigger words_changed after update of body, internal, ticket_id or delete on comment
      for each row execute function keep_words_of_comment();`);

    // Tickets from before, a few at a time: no migration holds a table that long.
    this.addSql(`create function keep_missing_words(most int) returns bigint language sql security definer set search_path = public, pg_temp as $$
      with missing as materialized (
        select * from ticket where not exists (select 1 from ticket_words where ticket_id = ticket.id) order by id desc limit most
      ), kept as (
        insert into ticket_words (ticket_id, words) select id, words_of_ticket(missing::ticket) from missing on conflict do nothing returning 1
      )
      select count(*) from kept;
    $$;`);

    // The newest hits among what \`sight\` says the viewer sees, and how well they fit. Row-level security is the caller's to apply:
    // under it no index could be used, for \`@@\` may tell of rows that it must not see.
    this.addSql(`create function find_tickets(asked text, sight jsonb, most int) returns table (ticket_id text, rank float8)
      language plpgsql stable security definer rows 50
      set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
      declare
        wanted constant tsquery := websearch_to_tsquery('pg_catalog.portuguese', plain_words(asked));
        -- What the viewer has none of is null, so that the planner drops its condition and sees which index is left.
        contacts constant text[] := nullif(array(select jsonb_array_elements_text(sight -> 'contacts')), '{}');
        organizations constant text[] := nullif(array(select jsonb_array_elements_text(sight -> 'organizations')), '{}');
        groups constant text[] := nullif(array(select jsonb_array_elements_text(sight -> 'groups')), '{}');
        analysts constant text[] := nullif(array_remove(array[sight ->> 'analyst'], null), '{}');
        everything constant boolean := (sight ->> 'everything')::boolean;
        ombudsman constant boolean := (sight ->> 'ombudsman')::boolean;
      begin
        return query
          with hits as materialized (
            select ticket.id, ticket_words.words
            from ticket_words join ticket on ticket.id = ticket_words.ticket_id
            where ticket_words.words @@ wanted and (
              ticket.requester_id = any(contacts)
              or (ticket.restricted and ombudsman)
              or (not ticket.restricted and (everything or ticket.organization_id = any(organizations)
                or ticket.group_id = any(groups) or ticket.analyst_ids && analysts))
            )
            order by ticket.id desc limit most
          )
          select hits.id, ts_rank(hits.words, wanted, 1)::float8 from hits;
      end $$;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop function find_tickets(text, jsonb, int), keep_missing_words(int);`);
    this.addSql(`drop trigger words_kept on ticket; drop trigger words_added on comment; drop trigger words_changed on comment;`);
    this.addSql(
      `drop function keep_words_of_ticket(), keep_words_of_comment(), words_of_ticket(ticket), words_of(text, "char"), plain_words(text);`,
    );
    this.addSql(`drop table if exists "ticket_words" cascade;`);

    this.addSql(`drop policy "searched" on "comment";`);

    this.addSql(`drop policy "searched" on "ticket";`);
  }
}
