import { anonymous, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { act, open, startTickets } from '../testing-tickets.ts';
import { keepMissingWords } from './ticket-words.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const SEARCH = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on SearchResult {
  tickets(first: $first, after: $after) { liveCursor pageInfo { hasNextPage endCursor } edges { node { subject number } } } } } }`;
const ask = (viewer: Viewer, text: string, page: object = { first: 100 }) =>
  service.ask(viewer, SEARCH, { of: [{ __typename: 'SearchResult', text }], ...page });
const found = async (viewer: Viewer, text: string, page?: object): Promise<string[]> => {
  const { data, errors } = await ask(viewer, text, page);
  if (errors) throw new Error(JSON.stringify(errors));
  return data._entities[0].tickets.edges.map(({ node }: { node: { subject: string } }) => node.subject);
};

/** A ticket of this subject; answers with its id and number. */
async function ticket(viewer: Viewer, subject: string, description = '', requestType = 'technical-support') {
  const opened = await open(service, viewer, requestType);
  await service.worker().execute('update ticket set subject = ?, description = ? where id = ?', [subject, description, opened.id]);
  return opened;
}

describe('a search finds tickets', () => {
  it.each([
    ['Falha na emissão de notas fiscais', ['emissoes', 'EMISSÃO', 'nota fiscal', 'fiscais nota', 'falhas', 'emisso\u0303es']],
    ['Relatórios não fecham', ['relatorio', 'relatórios', 'fechar', 'o relatório não fecha']],
    ['Servidores lentos: papéis, móveis e itens', ['servidor', 'lento', 'papel', 'movel', 'item', 'ITENS papeis']],
    ['Erro 0x80070005 na NF-e', ['0x80070005', 'nf-e', 'erros', '"erro 0x80070005"']],
  ])('by the words of “%s”, whatever their form and accents', async (subject, texts) => {
    await ticket(bruno, subject);
    for (const text of texts) expect([text, await found(bruno, text)]).toEqual([text, [subject]]);
  });

  it('by all the words together, in subject, description and messages', async () => {
    const { id } = await ticket(bruno, 'Folha parada', 'Desde a madrugada nada calcula.');
    await act(service, carla, 'replyToTicket', { ticketId: id, body: 'Vamos reiniciar o processador.' });
    expect(await found(bruno, 'folha madrugada processadores')).toEqual(['Folha parada']);
    expect(await found(bruno, 'folha madrugada impressora')).toEqual([]);
    expect(await found(bruno, 'folha -madrugada')).toEqual([]);
  });

  it('in time, whatever stands in a message: what looks like markup is words', async () => {
    const { id } = await ticket(ana, 'Página sem fim');
    await act(service, ana, 'replyToTicket', { ticketId: id, body: `${'<!--'.repeat(12_000)} <b>agulha</b>` });
    expect(await found(ana, 'agulha')).toEqual(['Página sem fim']);
  });

  it('by their number, as people write it', async () => {
    const { number } = await ticket(bruno, 'Chamado com número');
    for (const text of [number, ` #${number} `]) expect(await found(bruno, text)).toEqual(['Chamado com número']);
    expect(await found(gisele, number)).toEqual([]);
  });

  it('the best first: what the subject says counts more than the description, and that more than a message', async () => {
    const { id } = await ticket(ana, 'terceiro');
    await act(service, ana, 'replyToTicket', { ticketId: id, body: 'sobre o inventário' });
    await ticket(ana, 'segundo', 'sobre o inventário');
    await ticket(ana, 'primeiro: o inventário');
    await ticket(ana, 'nenhum');
    const best = ['primeiro: o inventário', 'segundo', 'terceiro'];
    expect(await found(ana, 'inventários')).toEqual(best);
    const pages = [await found(ana, 'inventário', { first: 2 })];
    const { data } = await ask(ana, 'inventário', { first: 2 });
    const { hasNextPage, endCursor } = data._entities[0].tickets.pageInfo;
    pages.push(await found(ana, 'inventário', { first: 2, after: endCursor }));
    expect([hasNextPage, pages]).toEqual([true, [best.slice(0, 2), best.slice(2)]]);
  });

  it('by what a message says now, not by what it said', async () => {
    const { id } = await ticket(bruno, 'Mensagem apagada');
    await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'confidência' });
    expect(await found(bruno, 'confidencias')).toEqual(['Mensagem apagada']);
    await service.worker().execute("update comment set body = '' where ticket_id = ?", [id]);
    expect(await found(bruno, 'confidencias')).toEqual([]);
  });
});

describe('a search finds for nobody', () => {
  const people = { ana, bruno, carla, diego, elisa, gisele, otavio };
  const whoFinds = async (text: string): Promise<string[]> => {
    const finding = await Promise.all(
      Object.entries(people).map(async ([who, viewer]) => ((await found(viewer, text)).length > 0 ? who : '')),
    );
    return finding.filter(Boolean);
  };

  it('what they may not see', async () => {
    await ticket(bruno, 'alfazema de Bruno');
    await ticket(gisele, 'margarida de Gisele');
    expect(await whoFinds('alfazema')).toEqual(['ana', 'bruno', 'carla', 'elisa']);
    expect(await whoFinds('margarida')).toEqual(['carla', 'diego', 'elisa', 'gisele']);
  });

  it('a ticket of the ombudsman, but for its requester and the ombudsman', async () => {
    const { number } = await ticket(bruno, 'orquídea', '', 'relationship.ombudsman');
    expect(await whoFinds('orquidea')).toEqual(['bruno', 'otavio']);
    expect(await whoFinds(number)).toEqual(['bruno', 'otavio']);
  });

  it('an internal note, whoever may read it', async () => {
    const { id } = await ticket(bruno, 'com nota interna');
    await act(service, carla, 'addInternalNote', { ticketId: id, body: 'samambaia' });
    expect(await whoFinds('samambaia')).toEqual([]);
    await service.worker().execute("update ticket set subject = 'regravado: nota interna' where id = ?", [id]);
    expect(await whoFinds('samambaia')).toEqual([]);
  });

  it('anything before sign-in', async () => {
    expect((await ask(anonymous, 'alfazema')).data._entities).toEqual([{ tickets: null }]);
  });

  it('what row-level security hides, even if everything were asked for', async () => {
    const everything = { contacts: [], organizations: [], groups: [], analyst: null, everything: true, ombudsman: true };
    const find = `select subject from find_tickets($1, $2::jsonb, 10) as hit join ticket on ticket.id = hit.ticket_id`;
    const text = await asRole('app', async (client) => {
      const own = gisele.contacts.map(({ id }) => id).join();
      await client.query("select set_config('app.kind', 'PERSON', false), set_config('app.contacts', $1, false)", [own]);
      await expect(client.query('select * from ticket_words')).rejects.toThrow('permission denied');
      return JSON.stringify((await client.query(find, ['alfazema or margarida or orquídea', JSON.stringify(everything)])).rows);
    });
    expect(text).toBe('[{"subject":"margarida de Gisele"}]');
    await expect(service.worker().execute('select * from find_tickets(?, ?::jsonb, 10)', ['x', '{}'])).rejects.toThrow('permission denied');
  });
});

/** Looks behind the scenes as one of the database's roles. */
async function asRole<T>(role: 'app' | 'owner', work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: service.database.urls[role] });
  await client.connect();
  return work(client).finally(() => client.end());
}

it('a text without a word finds nothing, and hostile ones nothing more', async () => {
  await ticket(bruno, 'qualquer');
  for (const text of [
    'de',
    '!',
    "'",
    ':*',
    '&|!()',
    '"',
    '-',
    '\\',
    '%',
    '😀',
    '?',
    '$1 :x ?',
    'não',
    '"de o',
    'a'.repeat(200),
    '9'.repeat(60),
  ]) {
    expect([text, await found(bruno, text)]).toEqual([text, []]);
  }
  for (const page of [{}, { first: 0 }, { first: 101 }])
    expect((await ask(bruno, 'x', page)).errors?.[0]?.extensions.code).toBe('FIRST_REQUIRED');
  for (const after of ['', 'x', 'WzEsMl0', Buffer.from('["a","b"]').toString('base64url')]) {
    const { errors } = await ask(bruno, 'x', { first: 1, after });
    expect([after, errors?.[0]?.extensions.code]).toEqual([after, after === '' ? undefined : 'BAD_USER_INPUT']);
  }
});

it('tickets from before are found once their words were gathered', async () => {
  const { id } = await ticket(bruno, 'de antes da busca: jacarandá');
  await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'com ipê' });
  await act(service, carla, 'addInternalNote', { ticketId: id, body: 'e samambaia' });
  await asRole('owner', (client) => client.query('delete from ticket_words'));
  expect(await found(bruno, 'jacaranda')).toEqual([]);
  await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'e buriti' });
  expect(await found(bruno, 'jacaranda buriti')).toEqual(['de antes da busca: jacarandá']);
  await asRole('owner', (client) => client.query('delete from ticket_words'));
  await keepMissingWords().run({ em: service.worker() } as never);
  expect(await found(bruno, 'jacaranda ipe')).toEqual(['de antes da busca: jacarandá']);
  expect(await found(elisa, 'samambaia')).toEqual([]);
});
