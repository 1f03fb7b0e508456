import { Migration } from '@mikro-orm/migrations';

/** The search, by hand: dictionaries, its tables, and the functions that answer from them. Entities know nothing of it. */
export class Migration20261121233200_search extends Migration {
  override name = 'Migration20261121233200_search';

  override up(): void {
    this.dictionaries();
    this.tables();
    this.upkeep();
    this.terms();
    this.answers();
  }

  /** Own configurations: accents are gone before a word is stemmed, here and in what is asked for. */
  private dictionaries(): void {
    this.addSql(`create text search configuration article_pt (copy = portuguese);`);
    this.addSql(`alter text search configuration article_pt alter mapping for hword, hword_part, word with unaccent, portuguese_stem;`);
    this.addSql(`create text search configuration article_es (copy = spanish);`);
    this.addSql(`alter text search configuration article_es alter mapping for hword, hword_part, word with unaccent, spanish_stem;`);
    this.addSql(`create text search configuration article_en (copy = english);`);
    this.addSql(`alter text search configuration article_en alter mapping for hword, hword_part, word with unaccent, english_stem;`);
    this.addSql(`
      create function article_config(language text) returns regconfig language sql immutable parallel safe
        return case language when 'en' then 'article_en'::regconfig when 'es' then 'article_es'::regconfig else 'article_pt'::regconfig end;
    `);
    this.addSql(`
      create function article_words(said text) returns text language sql stable parallel safe
        return lower(unaccent(translate(said, $$-./\\_:;,()[]{}<>"'\`*#|@&%!?+=~^$$, repeat(' ', 31))));
    `);
  }

  /** What the search reads: heads apart from bodies, so that suggestions read little; known words, for typos; how common they are. */
  private tables(): void {
    this.addSql(`
      create table article_head (
        n int generated always as identity primary key,
        article_id text not null unique,
        language text not null,
        shown_to text not null,
        options text[] not null,
        words tsvector not null
      );
    `);
    this.addSql(`create index article_head_words on article_head using gin (words);`);
    this.addSql(`
      create table article_text (
        article_id text primary key,
        language text not null,
        shown_to text not null,
        words tsvector not null
      );
    `);
    this.addSql(`create index article_text_words on article_text using gin (words);`);
    this.addSql(`create table article_word (language text, word text, primary key (language, word));`);
    this.addSql(`create index article_word_like on article_word using gin (word gin_trgm_ops);`);
    this.addSql(
      `create table article_lexeme (lexeme text collate "C" not null, shown_to text not null, articles int not null, primary key (lexeme, shown_to));`,
    );
    for (const table of ['article_head', 'article_text', 'article_word', 'article_lexeme']) {
      this.addSql(`alter table ${table} enable row level security;`);
      this.addSql(`alter table ${table} force row level security;`);
      // "true" is no condition: with any other one PostgreSQL would not use the indexes, because @@ and % are not leakproof.
      this.addSql(`create policy search on ${table} to current_user using (true);`);
    }
  }

  /** Kept by the row itself, whoever writes it. */
  private upkeep(): void {
    this.addSql(`
      create function index_article() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        config regconfig := article_config(new.language);
        shown_to text := case new.status when 'PUBLISHED' then new.audience else 'DRAFT' end;
        options text[] := new.product_ids || new.module_ids;
        labels text := array_to_string(new.labels, ' ');
        body text := article_words(new.plain);
        head tsvector := setweight(to_tsvector(config, article_words(new.title)), 'A')
          || setweight(to_tsvector(config, article_words(labels)), 'B')
          || setweight(to_tsvector(config, article_words(new.summary)), 'C');
      begin
        if new.status = 'RETIRED' then
          delete from article_head where article_id = new.id;
          delete from article_text where article_id = new.id;
          return null;
        end if;
        insert into article_head (article_id, language, shown_to, options, words)
        values (new.id, new.language, shown_to, options, head || array_to_tsvector(options))
        on conflict (article_id) do update
        set language = excluded.language, shown_to = excluded.shown_to, options = excluded.options, words = excluded.words;
        insert into article_text (article_id, language, shown_to, words) values (new.id, new.language, shown_to, head || to_tsvector(config, body))
        on conflict (article_id) do update set language = excluded.language, shown_to = excluded.shown_to, words = excluded.words;
        insert into article_word (language, word)
        select new.language, said
        from unnest(tsvector_to_array(to_tsvector('simple', article_words(concat_ws(' ', new.title, new.summary, labels)) || ' ' || body))) said
        where said ~ '^[a-z]{4,30}$' and not exists (select from article_word known where known.language = new.language and known.word = said)
        order by said
        on conflict do nothing;
        return null;
      end $$;
    `);
    this.addSql(`
      create trigger article_indexed after insert or update of status, audience, language, title, summary, labels, plain, product_ids, module_ids
        on article for each row execute function index_article();
    `);
  }

  /** What a text asks for. */
  private terms(): void {
    this.addSql(`
      create function article_audiences() returns text[] language sql stable
        return case
          when string_to_array(nullif(current_setting('app.roles', true), ''), ',') && array['ANALYST', 'SUPERVISOR', 'OMBUDSMAN']
            then array['PUBLIC', 'CLIENTS', 'INTERNAL', 'DRAFT']
          when nullif(current_setting('app.organizations', true), '') is not null then array['PUBLIC', 'CLIENTS']
          else array['PUBLIC']
        end;
    `);
    this.addSql(`
      -- Every word asked for as one term of a query, and in how many articles' heads it was when they were counted last. A word
      -- that no dictionary keeps is no term.
      create function article_terms(asked jsonb, among text[], audiences text[], out words text[], out terms tsquery[], out counts int[])
        language sql stable as $$
        select array_agg(word order by place), array_agg(query order by place), array_agg(articles order by place)
        from (
          select place, min(forms->>0) as word,
            string_agg(distinct format('''%s''%s', lexeme, case when form like '%:*' then ':*' end), ' | ')::tsquery as query,
            max(counted.articles)::int as articles
          from jsonb_array_elements(asked) with ordinality word (forms, place)
          cross join jsonb_array_elements_text(forms) form
          cross join unnest(among) language
          cross join unnest(tsvector_to_array(to_tsvector(article_config(language), rtrim(form, ':*')))) lexeme
          cross join lateral (
            select coalesce(sum(l.articles), 0) as articles from article_lexeme l where l.lexeme = lexeme.lexeme and l.shown_to = any(audiences)
          ) counted
          group by place
        ) term
      $$;
    `);
    this.addSql(`
      create function article_every(terms tsquery[]) returns tsquery language sql immutable
        return (select string_agg('(' || term::text || ')', ' & ')::tsquery from unnest(terms) term);
    `);
    this.addSql(`
      create function article_any(terms tsquery[]) returns tsquery language sql immutable
        return (select string_agg(term::text, ' | ')::tsquery from unnest(terms) term);
    `);
    this.addSql(`
      -- How much of what was asked for a head has, rare words weighing more, and a title more than the rest.
      create function article_share(head tsvector, terms tsquery[], counts int[], elsewhere float8) returns float8 language sql immutable
        return (
          select sum(t.weight * case when ts_filter(head, '{a}') @@ t.term then 1 when head @@ t.term then 0.8 else elsewhere end) / sum(t.weight)
          from (select term, ln(2 + 50000.0::float8 / (1 + articles)) as weight from unnest(terms, counts) asked (term, articles)) t
        );
    `);
    this.addSql(`
      -- The same terms; a word that nobody wrote gives way to those most like it, or is left out.
      create function article_mended(among text[], audiences text[], inout words text[], inout terms tsquery[], inout counts int[])
        language plpgsql stable as $$
      declare
        often constant int := 500;
        meant jsonb;
        mended record;
        kept int[] := '{}';
      begin
        for place in 1 .. cardinality(terms) loop
          if counts[place] < often
            and not exists (select from article_head h where h.words @@ terms[place] and h.shown_to = any(audiences) and h.language = any(among))
            and not exists (select from article_text t where t.words @@ terms[place] and t.shown_to = any(audiences) and t.language = any(among))
          then
            select jsonb_build_array(coalesce(jsonb_agg(w.word), '[]')) into meant
            from (
              select w.word from article_word w
              where length(words[place]) > 3 and w.word % words[place] and left(w.word, 1) = left(words[place], 1) and w.language = any(among)
              order by similarity(w.word, words[place]) desc, w.word limit 3
            ) w;
            select t.terms[1] as term, t.counts[1] as articles into mended from article_terms(meant, among, audiences) t;
            terms[place] := mended.term;
            counts[place] := mended.articles;
            continue when terms[place] is null
              or not exists (select from article_text t where t.words @@ terms[place] and t.shown_to = any(audiences) and t.language = any(among));
          end if;
          kept := kept || place;
        end loop;
        select array_agg(words[place]), array_agg(terms[place]), array_agg(counts[place]) into words, terms, counts from unnest(kept) place;
      end $$;
    `);
  }

  /** The only ways in. They run as the owner and look for what the viewer may see; row-level security of `article` says it again. */
  private answers(): void {
    this.addSql(`
      create function article_suggest(asked jsonb, among text[], wanted text, most int)
        returns table (article_id text, score int, matched tsquery)
        language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
      declare
        reach constant int := 200;
        rare constant int := 2000;
        scarce constant int := 100;
        audiences text[] := article_audiences();
        option tsquery := ('''' || wanted || '''')::tsquery;
        words text[];
        terms tsquery[];
        counts int[];
        query tsquery;
        seldom tsquery[];
        found int[] := '{}';
        body int[] := '{}';
        in_body float8 := 0.4;
      begin
        select t.words, t.terms, t.counts into words, terms, counts from article_terms(asked, among, audiences) t;
        for attempt in 1..3 loop
          if attempt = 2 then
            select m.words, m.terms, m.counts into words, terms, counts from article_mended(among, audiences, words, terms, counts) m;
          end if;
          if terms is null then return; end if;
          query := article_every(case when attempt < 3 then terms else array(
            select t.term from unnest(terms, counts) t (term, articles) order by t.articles limit (cardinality(terms) + 1) / 2) end);
          if wanted is not null then
            found := found || array(
              select h.n from article_head h where h.words @@ (query && option) and h.shown_to = any(audiences) and h.language = any(among) limit reach);
          end if;
          if cardinality(found) < reach then
            found := found || array(
              select h.n from article_head h where h.words @@ query and h.shown_to = any(audiences) and h.language = any(among) limit reach);
          end if;
          exit when cardinality(found) >= most;
        end loop;
        if cardinality(found) < most then
          seldom := array(select t.term from unnest(terms, counts) t (term, articles) where t.articles < scarce);
          foreach query in array array[article_every(seldom), article_any(seldom)] loop
            body := array(
              select h.n from (
                select t.article_id from article_text t
                where t.words @@ query and t.shown_to = any(audiences) and t.language = any(among) limit reach
              ) t join article_head h on h.article_id = t.article_id);
            exit when cardinality(body) > 0;
            in_body := 0.15;
          end loop;
          found := found || body || array(
            select hit.n from unnest(terms, counts) t (term, articles) cross join lateral (
              select h.n from article_head h where h.words @@ t.term and h.shown_to = any(audiences) and h.language = any(among) limit reach
            ) hit
            where t.articles between 1 and rare or t.articles = (select min(c) from unnest(counts) c));
        end if;
        return query
        with scored as (
          select h.article_id, h.n, article_share(h.words, terms, counts, case when h.n = any(body) then in_body else 0 end)
            * case when h.language = among[1] then 1 else 0.8 end
            * case when wanted is null or wanted = any(h.options) then 1 when h.options = '{}' then 0.9 else 0.75 end as share
          from article_head h where h.n = any(found)
        )
        select s.article_id, (1e6 * s.share)::int, article_any(terms) from scored s
        order by 2 desc, s.n desc limit most;
      end $$;
    `);
    this.addSql(`
      create function article_search(asked jsonb, among text[], most int)
        returns table (article_id text, score int, matched tsquery)
        language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
      declare
        reach constant int := 1000;
        audiences text[] := article_audiences();
        words text[];
        terms tsquery[];
        counts int[];
        query tsquery;
      begin
        select t.words, t.terms, t.counts into words, terms, counts from article_terms(asked, among, audiences) t;
        for attempt in 1..2 loop
          if attempt = 2 then
            select m.words, m.terms, m.counts into words, terms, counts from article_mended(among, audiences, words, terms, counts) m;
          end if;
          if terms is null then return; end if;
          query := article_every(terms);
          return query
          with hits as materialized (
            (select h.article_id from article_head h
             where h.words @@ query and h.shown_to = any(audiences) and h.language = any(among) limit reach)
            union
            (select t.article_id from article_text t
             where t.words @@ query and t.shown_to = any(audiences) and t.language = any(among) limit reach)
          ),
          best as materialized (
            select h.article_id, article_share(h.words, terms, counts, 0.2) * case when h.language = among[1] then 1 else 0.8 end as share
            from hits join article_head h on h.article_id = hits.article_id
            order by 2 desc, 1 desc limit most
          )
          select b.article_id, (1e6 * (0.9 * b.share + 0.1 * ts_rank_cd(t.words, query, 32)))::int, article_any(terms)
          from best b join article_text t on t.article_id = b.article_id
          order by 2 desc, 1 desc;
          if found then return; end if;
        end loop;
        return query select s.article_id, s.score, s.matched from article_suggest(asked, among, null, most) s;
      end $$;
    `);
    this.addSql(`
      create function count_article_words() returns void language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        perform pg_advisory_xact_lock(7286);
        delete from article_lexeme;
        insert into article_lexeme (lexeme, shown_to, articles)
        select counted.word, audience, counted.ndoc
        from unnest(array['PUBLIC', 'CLIENTS', 'INTERNAL', 'DRAFT']) audience,
          ts_stat(format('select words from article_head where shown_to = %L', audience)) counted
        where not starts_with(counted.word, 'opt_');
      end $$;
    `);
  }

  override down(): void {
    this.addSql('drop trigger article_indexed on article;');
    for (const name of ['count_article_words', 'article_search', 'article_suggest', 'article_mended', 'article_share', 'article_any'])
      this.addSql(`drop function ${name};`);
    for (const name of ['article_every', 'article_terms', 'article_audiences', 'index_article', 'article_words', 'article_config'])
      this.addSql(`drop function ${name};`);
    for (const table of ['article_head', 'article_text', 'article_word', 'article_lexeme']) this.addSql(`drop table ${table};`);
    for (const language of ['pt', 'es', 'en']) this.addSql(`drop text search configuration article_${language};`);
  }
}
