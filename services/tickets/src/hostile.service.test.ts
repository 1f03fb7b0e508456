import { demoId, encodePageCursor, newId } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bruno, carla } from './seed/demo-people.ts';
import { act, clientKey, fillForm, open, startTickets, tryToOpen } from './testing-tickets.ts';

let service: TestService;
let form: Awaited<ReturnType<typeof fillForm>>;
let ticketId: string;
beforeAll(async () => {
  service = await startTickets();
  form = await fillForm(service, bruno, 'technical-support');
  ticketId = (await open(service, bruno)).id;
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200b',
  "'; drop table ticket; --",
  '%',
  '\\',
  '{',
  '$' + '{x}',
  '__proto__',
  '9'.repeat(400),
  'é'.repeat(9_000),
  'tkt_',
  `${demoId('tkt', 'x')}\n`,
  newId('org'),
  '-1',
  'null',
];
const broken = [
  '',
  '!',
  encodePageCursor([]),
  encodePageCursor(['NEWEST', 0, '\u0000']),
  encodePageCursor(['SEVERITY', 'x', newId('tkt')]),
  encodePageCursor(['LAST_INTERACTION', '2026-99-99T00:00:00.000Z', newId('tkt')]),
  encodePageCursor([1e300]),
  encodePageCursor([1.5]),
  encodePageCursor([-1]),
  encodePageCursor(['cmt_\u0000']),
];

/** An operation and how a text or id is put into it. */
const slots: Record<string, [query: string, variables: (text: string) => Record<string, unknown>]> = {
  ticket: ['query ($t: ID!) { ticket(id: $t) { id } }', (t) => ({ t })],
  ticketByNumber: ['query ($t: String!) { ticketByNumber(number: $t) { id } }', (t) => ({ t })],
  ...Object.fromEntries(
    ['organizationId', 'requesterId', 'assigneeId', 'groupId', 'product', 'text'].map((part) => [
      `filter ${part}`,
      [
        'query ($f: TicketFilter!) { tickets(filter: $f, first: 1) { edges { cursor } } ticketCounts(filter: $f) { total } }',
        (t: string) => ({ f: { [part]: t } }),
      ],
    ]),
  ),
  'filter requestType': [
    'query ($f: TicketFilter!) { tickets(filter: $f, first: 1) { edges { cursor } } }',
    (t) => ({ f: { requestType: [t] } }),
  ],
  requestForm: [
    'query ($t: String!, $o: ID) { requestForm(requestType: $t, context: { organizationId: $o }) { id } }',
    (t) => ({ t, o: t }),
  ],
  evaluateForm: [
    'query ($f: ID!, $a: [AnswerInput!]!, $c: OpeningContextInput) { evaluateForm(formId: $f, answers: $a, context: $c) { errors { code } } }',
    (t) => ({
      f: form.formId,
      a: [
        { field: t, value: t },
        { field: 'product', value: t },
        { field: 'subject', value: t },
      ],
      c: { organizationId: t, watchers: [t], attachmentIds: [t] },
    }),
  ],
  'evaluateForm form': ['query ($f: ID!) { evaluateForm(formId: $f, answers: []) { errors { code } } }', (t) => ({ f: t })],
  fieldOptions: [
    'query ($f: ID!, $t: ID, $s: String) { fieldOptions(formId: $f, field: "product", parent: $t, search: $s, first: 2) { edges { cursor } } }',
    (t) => ({ f: form.formId, t, s: t }),
  ],
  'fieldOptions field': [
    'query ($f: ID!, $t: String!, $c: String) { fieldOptions(formId: $f, field: $t, first: 2, after: $c) { edges { cursor } } }',
    (t) => ({ f: form.formId, t, c: t }),
  ],
  _entities: [
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Ticket { id } ... on Comment { id } ... on TicketEvent { id } ... on FieldOption { id } } }',
    (t) => ({ r: ['Ticket', 'Comment', 'TicketEvent', 'FieldOption'].map((__typename) => ({ __typename, id: t })) }),
  ],
  search: [
    'query ($r: [_Any!]!, $t: String) { _entities(representations: $r) { ... on SearchResult { tickets(first: 1, after: $t) { edges { cursor } } } } }',
    (t) => ({ r: [{ __typename: 'SearchResult', text: t }] }),
  ],
  openTicket: ['mutation ($i: OpenTicketInput!) { openTicket(input: $i) { errors { code } } }', (t) => ({ i: { ...form, clientKey: t } })],
  'openTicket form': [
    'mutation ($i: OpenTicketInput!) { openTicket(input: $i) { errors { code } } }',
    (t) => ({
      i: { clientKey: clientKey(), formId: t, answers: [{ field: t, value: t }], watchers: [t], attachmentIds: [t], organizationId: t },
    }),
  ],
  replyToTicket: [
    'mutation ($i: TicketMessageInput!) { replyToTicket(input: $i) { errors { code } } }',
    (t) => ({ i: { clientKey: clientKey(), ticketId, body: t, attachmentIds: [t], articleIds: [t] } }),
  ],
  'replyToTicket ticket': [
    'mutation ($i: TicketMessageInput!) { replyToTicket(input: $i) { errors { code } } }',
    (t) => ({ i: { clientKey: clientKey(), ticketId: t, body: 'x' } }),
  ],
  refuseSolution: [
    'mutation ($i: TicketActionInput!) { refuseSolution(input: $i) { errors { code } } }',
    (t) => ({ i: { ticketId, reason: t } }),
  ],
  cancelTicket: [
    'mutation ($i: TicketActionInput!) { cancelTicket(input: $i) { errors { code } } }',
    (t) => ({ i: { ticketId: t, reason: t } }),
  ],
};

const codesOf = ({ errors = [] }: { errors?: { extensions: { code: string } }[] }): string[] =>
  errors.map(({ extensions }) => extensions.code);
const TELLS = /insert into|select "|node_modules|\.ts:|127\.0\.0\.1|postgres|tickets_app/i;

describe('hostile texts', () => {
  it.each(Object.keys(slots))('in %s are answered with a typed error, never a defect', async (slot) => {
    const [query, variables] = slots[slot] as (typeof slots)[string];
    for (const text of nasty) {
      const answer = await service.ask(bruno, query, variables(text));
      expect([slot, text.slice(0, 20), codesOf(answer).includes('INTERNAL')]).toEqual([slot, text.slice(0, 20), false]);
      expect(JSON.stringify(answer)).not.toMatch(TELLS);
    }
  });
});

describe('pages', () => {
  const page = (args: string) => service.ask(bruno, `{ tickets(${args}) { edges { cursor } pageInfo { endCursor } } }`);

  it('refuse cursors that are none, or of another list', async () => {
    for (const orderBy of ['NEWEST', 'OLDEST', 'LAST_INTERACTION', 'SEVERITY']) {
      for (const cursor of broken.slice(1)) {
        const answer = await page(`first: 1, orderBy: ${orderBy}, after: ${JSON.stringify(cursor)}`);
        expect(answer.errors).toMatchObject([{ message: 'That is no cursor of this list.', extensions: { code: 'BAD_USER_INPUT' } }]);
      }
      const { endCursor } = (await page(`first: 1, orderBy: ${orderBy}`)).data.tickets.pageInfo;
      for (const other of ['NEWEST', 'OLDEST', 'LAST_INTERACTION', 'SEVERITY'].filter((one) => one !== orderBy)) {
        expect(codesOf(await page(`first: 1, orderBy: ${other}, after: "${endCursor}"`))).toEqual(['BAD_USER_INPUT']);
      }
    }
    for (const list of ['comments', 'history']) {
      for (const cursor of broken.slice(1)) {
        const answer = await service.ask(
          bruno,
          `query ($id: ID!) { ticket(id: $id) { ${list}(first: 1, after: ${JSON.stringify(cursor)}) { edges { cursor } } } }`,
          { id: ticketId },
        );
        expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
      }
    }
  });

  it('ask for one size and one direction', async () => {
    for (const args of ['first: 1, last: 1', 'first: -1', 'first: 0', 'last: 101', 'first: 2147483647', 'after: "x"'])
      expect(codesOf(await page(args))).toEqual(['FIRST_REQUIRED']);
    const { endCursor } = (await page('first: 1')).data.tickets.pageInfo;
    for (const args of [`first: 1, before: "${endCursor}"`, `last: 1, after: "${endCursor}"`])
      expect(codesOf(await page(args))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('huge and strange inputs', () => {
  it('of answers give every fault at once, and no more than can be read', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ field: `f${index}`, value: index }));
    const { errors, failed } = await tryToOpen(service, bruno, { ...form, answers: many });
    expect(failed).toBeUndefined();
    expect(errors[0]).toMatchObject({ code: 'TOO_MANY', field: ['input', 'answers'] });
    expect(errors.length).toBeLessThan(300);
  });

  it('of watchers name those that are no addresses, and that there are too many', async () => {
    const { errors } = await tryToOpen(service, bruno, { ...form, watchers: Array.from({ length: 1_000 }, (_, index) => `x${index}`) });
    const fields = errors.map(({ code, field }) => `${code} ${field.join('.')}`);
    expect(fields).toEqual(expect.arrayContaining(['NOT_AN_EMAIL input.watchers.0', 'TOO_MANY input.watchers']));
    expect(errors.length).toBeLessThan(100);
  });

  it('of a value that is deep, an object, or larger than 64 KiB are refused at their field', async () => {
    const values: [unknown, string][] = [
      [{ a: 1 }, 'WRONG_KIND'],
      [7, 'WRONG_KIND'],
      ['x'.repeat(70_000), 'TOO_LONG'],
      ['😀'.repeat(17_000), 'TOO_LONG'], // characters enough for the form, bytes too many to keep
      [['a', 1], 'WRONG_KIND'],
    ];
    for (const [value, code] of values) {
      const answers = [...form.answers.filter(({ field }) => field !== 'description'), { field: 'description', value }];
      expect((await tryToOpen(service, bruno, { formId: form.formId, answers })).errors).toEqual([
        expect.objectContaining({ code, field: ['input', 'answers', 'description'] }),
      ]);
    }
  });

  it('of a depth that no stack holds are a fault like others', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const query = 'mutation ($i: OpenTicketInput!) { openTicket(input: $i) { errors { code field } } }';
    const variables = `{"i":{"clientKey":"deep","formId":"${form.formId}","answers":[{"field":"subject","value":${deep}}]}}`;
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await service.tokenFor(bruno)}` },
      body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
    });
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain('{"code":"WRONG_KIND","field":["input","answers","subject"]}');
  });

  it('given twice are a fault, not a guess', async () => {
    const answers = [...form.answers, ...form.answers.slice(0, 1)];
    expect((await tryToOpen(service, bruno, { formId: form.formId, answers })).errors).toEqual([
      expect.objectContaining({ code: 'DUPLICATE_ANSWER' }),
    ]);
  });

  it('that the schema does not know never reach a rule: owned fields cannot be set', async () => {
    for (const unknown of [
      'status: "CLOSED"',
      'criticality: LOW',
      'severity: LOW',
      'organization: "x"',
      'openedBy: "x"',
      'number: "1"',
      'createdAt: "2026-01-01T00:00:00Z"',
    ]) {
      const answer = await service.ask(
        bruno,
        `mutation { openTicket(input: { clientKey: "k", formId: "f", answers: [], ${unknown} }) { errors { code } } }`,
      );
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    }
    expect(codesOf(await service.ask(bruno, '{ tickets(filter: { status: [SLEEPING] }, first: 1) { edges { cursor } } }'))).toEqual([
      'BAD_USER_INPUT',
    ]);
    for (const moment of ['yesterday', '0000-13-01T00:00:00Z', '12'])
      expect(codesOf(await service.ask(bruno, `{ tickets(filter: { openedAfter: "${moment}" }, first: 1) { edges { cursor } } }`))).toEqual(
        ['BAD_USER_INPUT'],
      );
  });
});

describe('a message', () => {
  it('gives every fault at once', async () => {
    const { errors } = await act(service, carla, 'proposeSolution', {
      ticketId,
      body: ' \u200b ',
      attachmentIds: ['forged'],
      articleIds: ['x'],
    });
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
      'REQUIRED input.body',
      'REQUIRED input.resolution',
      'RECEIPT_INVALID input.attachmentIds.0',
      'NOT_FOUND input.articleIds.0',
    ]);
  });

  it('is kept in one spelling that can be stored', async () => {
    await act(service, bruno, 'replyToTicket', { ticketId, body: '  Ola\u0301 \ud800\u0000\r\nmundo ' });
    const { data } = await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { comments(first: 100) { edges { node { body } } } } }', {
      id: ticketId,
    });
    expect(data.ticket.comments.edges.map(({ node }: { node: { body: string } }) => node.body)).toContain('Olá �\nmundo');
  });

  it('that is too long, or says what does not belong, is refused', async () => {
    expect((await act(service, bruno, 'replyToTicket', { ticketId, body: 'x'.repeat(60_001) })).errors).toMatchObject([
      { code: 'TOO_LONG', field: ['input', 'body'] },
    ]);
    expect((await act(service, bruno, 'replyToTicket', { ticketId, body: 'x', resolution: 'OTHER' })).errors).toMatchObject([
      { code: 'HIDDEN_FIELD', field: ['input', 'resolution'] },
    ]);
  });
});
