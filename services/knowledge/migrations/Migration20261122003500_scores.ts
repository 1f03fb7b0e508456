import { Migration } from '@mikro-orm/migrations';

/** Scores are made in the query instead of in a function per row; short words are mended with more care; slight matches are none. */
export class Migration20261122003500_scores extends Migration {
  override name = 'Migration20261122003500_scores';

  override up(): void {
    this.mending();
    this.suggestions();
    this.search();
    this.addSql('drop function article_share;');
  }

  /** Of four letters half must be right, of more four tenths. */
  private mending(): void {
    this.addSql(`
      create or replace function article_mended(among text[], audiences text[], inout words text[], inout terms tsquery[], inout counts int[])
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
                and similarity(w.word, words[place]) >= case when length(words[place]) = 4 then 0.5 else 0.4 end
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

  /** \`thorough\`: look for single words in bodies too, where nothing better was found. */
  private suggestions(): void {
    this.addSql('drop function article_suggest;');
    this.addSql(`
      create function article_suggest(asked jsonb, among text[], wanted text, most int, thorough boolean default false)
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
            exit when not thorough or cardinality(body) > 0;
            in_body := 0.15;
          end loop;
          found := found || body || array(
            select hit.n from unnest(terms, counts) t (term, articles) cross join lateral (
              select h.n from article_head h where h.words @@ t.term and h.shown_to = any(audiences) and h.language = any(among) limit reach
            ) hit
            where t.articles between 1 and rare or t.articles = (select min(c) from unnest(counts) c));
        end if;
        return query
        with term as materialized (
          select t.term, w.weight / sum(w.weight) over () as share
          from unnest(terms, counts) t (term, articles) cross join lateral (select ln(2 + 50000.0::float8 / (1 + t.articles)) as weight) w
        ),
        scored as (
          select h.article_id, h.n,
            (select sum(t.share * case when title.words @@ t.term then 1 when h.words @@ t.term then 0.8
              when h.n = any(body) then in_body else 0 end) from term t)
            * case when h.language = among[1] then 1 else 0.8 end
            * case when wanted is null or wanted = any(h.options) then 1 when h.options = '{}' then 0.9 else 0.75 end as share
          from article_head h cross join lateral (select ts_filter(h.words, '{a}') as words offset 0) title
          where h.n = any(found)
        )
        select s.article_id, round(1e6 * s.share)::int, article_any(terms) from scored s
        order by 2 desc, s.n desc limit most;
      end $$;
    `);
  }

  private search(): void {
    this.addSql(`
      create or replace function article_search(asked jsonb, among text[], most int)
        returns table (article_id text, score int, matched tsquery)
        language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
      declare
        reach constant int := 1000;
        slight constant int := 250000;
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
          with term as materialized (
            select t.term, w.weight / sum(w.weight) over () as share
            from unnest(terms, counts) t (term, articles) cross join lateral (select ln(2 + 50000.0::float8 / (1 + t.articles)) as weight) w
          ),
          hits as materialized (
            (select h.article_id from article_head h
             where h.words @@ query and h.shown_to = any(audiences) and h.language = any(among) limit reach)
            union
            (select t.article_id from article_text t
             where t.words @@ query and t.shown_to = any(audiences) and t.language = any(among) limit reach)
          ),
          best as materialized (
            select h.article_id,
              (select sum(t.share * case when title.words @@ t.term then 1 when h.words @@ t.term then 0.8 else 0.2 end) from term t)
                * case when h.language = among[1] then 1 else 0.8 end as share
            from hits join article_head h on h.article_id = hits.article_id
              cross join lateral (select ts_filter(h.words, '{a}') as words offset 0) title
            order by 2 desc, 1 desc limit most
          )
          select b.article_id, round(1e6 * (0.9 * b.share + 0.1 * ts_rank_cd(t.words, query, 32)))::int, article_any(terms)
          from best b join article_text t on t.article_id = b.article_id
          order by 2 desc, 1 desc;
          if found then return; end if;
        end loop;
        return query
        select s.article_id, s.score, s.matched from article_suggest(asked, among, null, most, true) s where s.score >= slight;
      end $$;
    `);
  }

  override down(): void {
    throw new Error('the search before is not kept: restore the database, or go on');
  }
}
