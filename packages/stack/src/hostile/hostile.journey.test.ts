import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { operationsOf } from '../isolation/operations.ts';
import { clientKey, fill } from '../journeys/filling.ts';
import { type Person, Portal } from '../journeys/portal.ts';
import { services } from '../services.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { forgedTokens, gatewayToken } from './forged-tokens.ts';
import { attemptsAt, declaredAt } from './owned-fields.ts';
import { besiege } from './siege.ts';

const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 1_500);
const SEED = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000);

let stack: Stack;
let bruno: Person;
const written: string[] = [];
withStack(
  async (started) => {
    stack = started;
    bruno = await new Portal(stack.url).as('bruno@acme.example');
  },
  { onOutput: (name, text) => written.push(...text.split('\n').map((line) => `${name} ${line}`)) },
);

describe.each(services.map(({ name }) => name))('the door of %s', (service) => {
  const knock = async (authorization: string | null, body = '{"query":"{ _service { sdl } }"}', path = '/graphql', method = 'POST') => {
    const headers = { 'content-type': 'application/json', ...(authorization !== null && { authorization }) };
    const answer = await fetch(`${stack.process(service).url}${path}`, { method, headers, ...(method === 'POST' && { body }) });
    return { status: answer.status, text: await answer.text() };
  };

  it('opens to a gateway, and to nobody else, whatever they ask', async () => {
    expect((await knock(await gatewayToken(stack, service))).text).toContain('"sdl"');
    const refusal = '{"errors":[{"message":"A gateway token is required.","extensions":{"code":"UNAUTHENTICATED"}}]}';
    for (const [name, token] of Object.entries(await forgedTokens(stack, service))) {
      for (const answer of [
        await knock(token),
        await knock(token, '{"query":"query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }","variables":{"r":[]}}'),
        await knock(token, '{'),
        await knock(token, '', '/files/uploads/att_1', 'GET'),
        await knock(token, '', '/nothing', 'GET'),
      ]) {
        expect({ name, ...answer }).toEqual({ name, status: 401, text: refusal });
      }
    }
  });
});

describe('what is computed or owned', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = buildSchema(await (await fetch(`${stack.url}/schema.graphql`)).text());
  });

  it('has no place in any input of a mutation, but ids that say which one is meant', () => {
    expect(declaredAt(schema)).toEqual(['retireCatalogueEntry.id', 'saveCatalogueEntry.id']);
  });

  it('is refused in every object of every input, and so is every other key that nobody knows', async () => {
    const attempts = attemptsAt(
      schema,
      operationsOf(schema, 0).filter(({ kind }) => kind === 'mutation'),
    );
    const accepted: string[] = [];
    for (const { name, query, variables } of attempts) {
      const { data, errors = [] } = await bruno.ask(query, variables, { 'accept-language': 'en' });
      const isRefused = errors.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT') && errors.length > 0;
      const isNamed = errors.some(({ message }) => message.includes(`Field "${name.split(' ').at(-1)}" is not defined`));
      if (data !== undefined || !isRefused || !isNamed) accepted.push(`${name}: ${JSON.stringify({ data, errors }).slice(0, 300)}`);
    }
    expect(accepted).toEqual([]);
    expect(attempts.length).toBeGreaterThan(300);
  }, 60_000);

  it('is refused as an answer of a form, and no ticket comes of it', async () => {
    const { formId, answers } = await fill(bruno, 'software.rm');
    const refused: [string, string[]][] = [];
    for (const field of ['criticality', 'status', 'organization', 'client', '__proto__', 'constructor', 'toString']) {
      const { openTicket } = await bruno.get(
        'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } errors { code field } } }',
        { input: { clientKey: clientKey(), formId, answers: [...answers, { field, value: 'OWNED' }] } },
      );
      expect([field, openTicket.ticket]).toEqual([field, null]);
      refused.push([field, openTicket.errors.map(({ code }: { code: string }) => code)]);
    }
    const [computed, ...unknown] = refused;
    expect(computed).toEqual(['criticality', ['COMPUTED_FIELD']]);
    expect(unknown).toEqual(unknown.map(([field]) => [field, ['UNKNOWN_FIELD']]));
  });
});

it(`${REQUESTS} hostile requests: no 5xx, always JSON, nothing of the inside, and everybody still there`, async () => {
  const before = stack.processes.map(({ name, pid }) => ({ name, pid }));
  const report = await besiege(stack, { requests: REQUESTS, seed: SEED });
  process.stdout.write(`${JSON.stringify(report.answers)}\nlongest blocks in ms: ${JSON.stringify(report.blocked)} (seed ${SEED})\n`);
  expect(report.faults).toEqual([]);
  expect(stack.processes.map(({ name, pid }) => ({ name, pid }))).toEqual(before);
  expect(written.filter((line) => /"level":[56]0|"code":"INTERNAL"|unhandled|uncaught/i.test(line))).toEqual([]);
}, 600_000);
