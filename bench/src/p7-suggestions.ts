import { setTimeout } from 'node:timers/promises';
import type { Stack } from '@atende/stack';
import pg from 'pg';
import { familyCpuMs } from './cpu.ts';
import { least, load } from './load.ts';
import { pidOf } from './p1-gateway.ts';
import { generatedArticle, typedTitles } from './p7-articles.ts';
import { ask, signIn } from './people.ts';

const ARTICLES = 50_000;
const BATCH = 500;
const ROUNDS = 4;
const QUERY = `query ($title: String!, $product: ID) {
  suggestArticles(title: $title, product: $product, first: 5) { article { id title } snippet score } }`;

export interface P7Row {
  typists: number;
  keystrokes: number;
  /** ms from the request to the answer's last byte, of the round with the least. */
  p50: number;
  p95: number;
  /** ms of CPU per keystroke. */
  gatewayMs: number;
  knowledgeMs: number;
  postgresMs: number;
  /** Keystrokes that were answered with at least one article. */
  answered: number;
}

/** Suggestions for every keystroke of some titles among 50,000 articles, through the gateway. It leaves its articles behind: measure it last. */
export async function measureSuggestions(stack: Stack): Promise<{ rows: P7Row[]; plan: string[] }> {
  const product = await fill(stack);
  const token = await signIn(stack, 'bruno@acme.example');
  const keystrokes = typedTitles
    .flatMap((title) => Array.from(title, (_, at) => title.slice(0, at + 1)))
    .filter((typed) => typed.length > 2);
  const rows: P7Row[] = [];
  for (const typists of [1, 4]) {
    const rounds: P7Row[] = [];
    for (let round = -1; round < ROUNDS; round++) rounds.push(await typed(stack, { token, product, keystrokes, typists }));
    const measured = rounds.slice(1); // the first warms up
    const leastOf = (key: Exclude<keyof P7Row, 'typists' | 'keystrokes' | 'answered'>): number => least(measured.map((row) => row[key]));
    rows.push({
      ...(measured[0] as P7Row),
      ...{ p50: leastOf('p50'), p95: leastOf('p95') },
      ...{ gatewayMs: leastOf('gatewayMs'), knowledgeMs: leastOf('knowledgeMs'), postgresMs: leastOf('postgresMs') },
    });
  }
  return { rows, plan: await explain(stack) };
}

interface Typing {
  token: string;
  product: string;
  keystrokes: string[];
  typists: number;
}

async function typed(stack: Stack, { token, product, keystrokes, typists }: Typing): Promise<P7Row> {
  const pids = { gateway: pidOf(stack, 'gateway'), knowledge: pidOf(stack, 'knowledge'), postgres: pidOf(stack, 'postgres') };
  const cpu = () => Object.values(pids).map((pid) => familyCpuMs([pid])) as [number, number, number];
  const before = cpu();
  const times: number[] = [];
  let answered = 0;
  await load(keystrokes.length, typists, async (index) => {
    const begun = performance.now();
    const text = await ask(`${stack.url}/graphql`, token, QUERY, { title: keystrokes[index], product });
    times.push(performance.now() - begun);
    if (!text.startsWith('{"data":{"suggestArticles":[')) throw new Error(text);
    if (text.includes('"score"')) answered += 1;
  });
  const [gatewayMs, knowledgeMs, postgresMs] = cpu().map((after, index) => (after - (before[index] ?? 0)) / keystrokes.length) as [
    number,
    number,
    number,
  ];
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { typists, keystrokes: keystrokes.length, p50: at(0.5), p95: at(0.95), gatewayMs, knowledgeMs, postgresMs, answered };
}

/** Writes the articles as the service's worker would, and lets PostgreSQL come to rest. Returns the product that is typed about. */
async function fill(stack: Stack): Promise<string> {
  const urls = stack.databaseUrls('knowledge');
  const worker = new pg.Client({ connectionString: urls.worker });
  await worker.connect();
  try {
    await worker.query('set statement_timeout = 0');
    const products = await optionsOf(worker);
    for (let from = 0; from < ARTICLES; from += BATCH) {
      const rows = Array.from({ length: BATCH }, (_, index) => {
        const { product, ...article } = generatedArticle(from + index);
        return { id: `art_${String(from + index).padStart(26, '0')}`, product: products[product % products.length], ...article };
      });
      await worker.query(INSERT, [JSON.stringify(rows)]);
    }
    await worker.query('select count_article_words()');
    const owner = new pg.Client({ connectionString: urls.owner });
    await owner.connect();
    await owner.query('vacuum analyze'); // what autovacuum would do in a minute
    await owner.end();
    return products[0] ?? '';
  } finally {
    await worker.end();
  }
}

const INSERT = `insert into article (id, version, slug, status, edition, kind, language, audience, title, summary, body, labels, product_ids,
    module_ids, html, plain, created_at, changed_at, published_at)
  select id, 1, id, 'PUBLISHED', 1, 'ARTICLE', 'pt-BR', audience, title, summary, body, '{}', array[product], '{}', body, body, now(), now(), now()
  from json_to_recordset($1) as row (id text, title text, summary text, body text, audience text, product text)`;

/** The products of the catalogue, which come by events. */
async function optionsOf(worker: pg.Client): Promise<string[]> {
  for (let look = 0; look < 100; look++) {
    const { rows } = await worker.query<{ id: string }>(`select id from catalogue_option where list = 'PRODUCT' order by id`);
    if (rows.length > 0) return rows.map(({ id }) => id);
    await setTimeout(100);
  }
  throw new Error('the catalogue never came');
}

/** How PostgreSQL finds the articles of one step, past row-level security as the owner's functions do. */
async function explain(stack: Stack): Promise<string[]> {
  const owner = new pg.Client({ connectionString: stack.databaseUrls('knowledge').owner });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, buffers off, summary off) select n from article_head
       where words @@ to_tsquery('article_pt', 'erro & calcular & ferias & colet:*') and shown_to = any('{PUBLIC,CLIENTS}') and language = 'pt-BR' limit 200`,
    );
    return rows.map((row) => row['QUERY PLAN']);
  } finally {
    await owner.end();
  }
}
