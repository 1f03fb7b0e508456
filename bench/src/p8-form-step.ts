import { setTimeout } from 'node:timers/promises';
import type { Stack } from '@atende/stack';
import { familyCpuMs } from './cpu.ts';
import { least, load } from './load.ts';
import { pidOf } from './p1-gateway.ts';
import { generatedFile, searches } from './p8-entries.ts';
import { ask, signIn } from './people.ts';

const ENTRIES = 20_000;
const ROUNDS = 3;
const STEPS = 150; // of each round
const PART = 200_000; // characters; what the gateway takes in one body
const OPTIONS = `query ($formId: ID!, $parent: ID, $search: String, $after: String) {
  fieldOptions(formId: $formId, field: "routine", parent: $parent, search: $search, after: $after, first: 20) {
    edges { node { id code label children favorite } } pageInfo { hasNextPage endCursor } favorites { id } } }`;

/** Making the level out of a file, as a supervisor does it. */
export interface P8Import {
  /** ms from the call to its answer, the sending of parts not counted. */
  wallMs: number;
  gatewayMs: number;
  ticketsMs: number;
  postgresMs: number;
}

export interface P8Row {
  step: string;
  people: number;
  p50: number;
  p95: number;
  /** ms of CPU per step. */
  gatewayMs: number;
  ticketsMs: number;
  favoritesMs: number;
}

/** The options of a cascade whose last level has 20,000 entries, through the gateway. It leaves the entries behind. */
export async function measureFormStep(stack: Stack): Promise<{ imports: Record<string, P8Import>; rows: P8Row[] }> {
  const { imports, parent } = await fill(stack);
  const token = await signIn(stack, 'ana@acme.example');
  const form = JSON.parse(await ask(`${stack.url}/graphql`, token, '{ requestForm(requestType: "value-added.bpo-hr") { id } }'));
  const formId: string = form.data.requestForm.id;
  const steps: Record<string, (index: number) => object> = {
    'the first page': () => ({}),
    'a page further on': (index) => ({ after: cursors[index % cursors.length] }),
    'a search': (index) => ({ search: searches[index % searches.length] }),
  };
  const cursors = await cursorsOf(stack, token, { formId, parent });
  const rows: P8Row[] = [];
  for (const people of [1, 4])
    for (const [step, variables] of Object.entries(steps)) {
      const rounds: P8Row[] = [];
      for (let round = -1; round < ROUNDS; round++)
        rounds.push(await stepped(stack, step, people, token, (index) => ({ formId, parent, ...variables(index) })));
      const leastOf = (key: 'p50' | 'p95' | 'gatewayMs' | 'ticketsMs' | 'favoritesMs') => least(rounds.slice(1).map((row) => row[key])); // the first warms up
      const [p50, p95, gatewayMs, ticketsMs, favoritesMs] = (['p50', 'p95', 'gatewayMs', 'ticketsMs', 'favoritesMs'] as const).map(leastOf);
      rows.push({ step, people, p50, p95, gatewayMs, ticketsMs, favoritesMs } as P8Row);
    }
  return { imports, rows };
}

async function stepped(stack: Stack, step: string, people: number, token: string, variables: (index: number) => object): Promise<P8Row> {
  const pids = ['gateway', 'tickets', 'favorites'].map((name) => pidOf(stack, name));
  const cpu = () => pids.map((pid) => familyCpuMs([pid]));
  const before = cpu();
  const times: number[] = [];
  await load(STEPS, people, async (index) => {
    const begun = performance.now();
    const text = await ask(`${stack.url}/graphql`, token, OPTIONS, variables(index));
    times.push(performance.now() - begun);
    if (!text.startsWith('{"data":{"fieldOptions":{"edges":[')) throw new Error(text);
  });
  const [gatewayMs, ticketsMs, favoritesMs] = cpu().map((after, index) => (after - (before[index] ?? 0)) / STEPS);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { step, people, p50: at(0.5), p95: at(0.95), gatewayMs, ticketsMs, favoritesMs } as P8Row;
}

async function cursorsOf(stack: Stack, token: string, asked: { formId: string; parent: string }): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | undefined; cursors.length < 10; ) {
    const { data } = JSON.parse(await ask(`${stack.url}/graphql`, token, OPTIONS, { ...asked, after }));
    after = data.fieldOptions.pageInfo.endCursor as string;
    cursors.push(after);
  }
  return cursors;
}

/** Brings the entries by a file of many parts, then the same file again. Returns the product that they stand below. */
async function fill(stack: Stack): Promise<{ imports: Record<string, P8Import>; parent: string }> {
  const token = await signIn(stack, 'elisa@support.example');
  const call = async (query: string, variables: object) => JSON.parse(await ask(`${stack.url}/graphql`, token, query, variables)).data;
  const find =
    'query ($search: String!) { catalogueEntries(filter: { deep: true, level: ["PRODUCT"], search: $search }, first: 1) { edges { node { id path } } } }';
  const [{ node }] = (await call(find, { search: 'bpo rh' })).catalogueEntries.edges;
  const file = generatedFile(node.path, ENTRIES);
  const parts = Math.ceil(file.length / PART);
  const imports: Record<string, P8Import> = {};
  for (const name of ['20,000 new entries', 'the same file again']) {
    const stage = 'mutation ($input: StageCatalogueFileInput!) { stageCatalogueFile(input: $input) { parts } }';
    for (let part = 1; part <= parts; part++)
      await call(stage, { input: { clientKey: name, part, content: file.slice((part - 1) * PART, part * PART) } });
    imports[name] = await imported(stack, token, { clientKey: name, format: 'CSV', parts });
  }
  return { imports, parent: node.id };
}

async function imported(stack: Stack, token: string, input: object): Promise<P8Import> {
  const cpu = () => ['gateway', 'tickets', 'postgres'].map((name) => familyCpuMs([pidOf(stack, name)]));
  const before = cpu();
  const begun = performance.now();
  const query =
    'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { report { applied created unchanged } errors { code } } }';
  let text = '';
  for (let isOver = false; !isOver; ) {
    text = await ask(`${stack.url}/graphql`, token, query, { input });
    isOver = !text.includes('DEPENDENCY_UNAVAILABLE');
    if (!isOver) await setTimeout(1_000); // it took longer than the gateway waits, and goes on: the key finds its report
  }
  const wallMs = performance.now() - begun;
  if (!text.includes(`${ENTRIES}`)) throw new Error(text);
  const [gatewayMs = 0, ticketsMs = 0, postgresMs = 0] = cpu().map((after, index) => after - (before[index] ?? 0));
  return { wallMs, gatewayMs, ticketsMs, postgresMs };
}
