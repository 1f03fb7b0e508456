import { demoId, gatewayViewer, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketEventRow } from './history/ticket-event.ts';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from './seed/demo-people.ts';
import { act, clientKey, open, startTickets } from './testing-tickets.ts';

const people = { ana, bruno, carla, diego, elisa, gisele, otavio };
type Who = keyof typeof people;

/** Something with a word in it that may be shown to some only. */
interface Thing {
  word: string;
  ids: Record<'Ticket' | 'Comment' | 'TicketEvent', string[]>;
  number: string;
  seenBy: Who[];
}

// Written from the specification: ACME's technical support goes to n1-software, that of Globex, a BSO client, to bso-ams.
const world: { opener: Viewer; requestType: string; word: string; seenBy: Who[] }[] = [
  { opener: bruno, requestType: 'technical-support', word: 'SEGREDO-BRUNO', seenBy: ['bruno', 'ana', 'carla', 'elisa'] },
  { opener: ana, requestType: 'technical-support', word: 'SEGREDO-ANA', seenBy: ['ana', 'carla', 'elisa'] },
  { opener: gisele, requestType: 'technical-support', word: 'SEGREDO-GISELE', seenBy: ['gisele', 'carla', 'diego', 'elisa'] },
  { opener: bruno, requestType: 'relationship.ombudsman', word: 'SEGREDO-OUVIDORIA', seenBy: ['bruno', 'otavio'] },
];

async function makeWorld(service: TestService): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const { opener, requestType, word, seenBy } of world) {
    const { id, number } = await open(service, opener, requestType);
    await service.worker().execute('update ticket set subject = ?, description = ? where id = ?', [word, word, id]);
    await act(service, opener, 'replyToTicket', { ticketId: id, body: word });
    const comments = await service.worker().execute<{ id: string }[]>('select id from comment where ticket_id = ?', [id]);
    const events = await service.worker().find(TicketEventRow, { aggregate: id });
    things.push({
      word,
      number,
      seenBy,
      ids: { Ticket: [id], Comment: comments.map((row) => row.id), TicketEvent: events.map((row) => row.id) },
    });
  }
  const [brunos] = things;
  const note = { ticketId: brunos?.ids.Ticket[0], body: 'SEGREDO-INTERNO' };
  await act(service, carla, 'addInternalNote', note);
  const [row] = await service.worker().execute<{ id: string }[]>('select id from comment where internal');
  const told = await service.worker().find(TicketEventRow, { type: 'ticket.note_added' });
  things.push({
    word: note.body,
    number: '0',
    seenBy: ['carla', 'elisa'],
    ids: { Ticket: [], Comment: [row?.id ?? ''], TicketEvent: told.map(({ id }) => id) },
  });
  return things;
}

const PARTS =
  'id number subject description answers { displayValue } links { ticket { subject } } followUpOf { subject } comments(first: 10) { edges { node { body } } } history(first: 20) { edges { node { type comment { body } } } }';
const everyWay = ({ ids, number, word }: Thing): [query: string, variables: Record<string, unknown>][] => [
  [`query ($id: ID!) { ticket(id: $id) { ${PARTS} } }`, { id: ids.Ticket[0] ?? 'tkt_' }],
  [`query ($number: String!) { ticketByNumber(number: $number) { ${PARTS} } }`, { number }],
  [`query ($filter: TicketFilter) { tickets(first: 100, filter: $filter) { edges { node { ${PARTS} } } } }`, { filter: null }],
  [`query ($filter: TicketFilter) { tickets(first: 100, filter: $filter) { edges { node { ${PARTS} } } } }`, { filter: { text: word } }],
  [
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult { tickets(first: 100) { edges { node { ${PARTS} } } } } } }`,
    { of: [word, number].map((text) => ({ __typename: 'SearchResult', text })) },
  ],
  [
    `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Ticket { ${PARTS} } ... on Comment { body author { __typename } } ... on TicketEvent { type ticket { subject } } } }`,
    { all: Object.entries(ids).flatMap(([__typename, some]) => some.map((id) => ({ __typename, id }))) },
  ],
];

describe.each([
  ['the application and the database decide', true],
  ['the database alone decides', false],
])('when %s', (_, applicationChecks) => {
  let service: TestService;
  let things: Thing[];
  beforeAll(async () => {
    service = await startTickets({ applicationChecks });
    things = await makeWorld(service);
  }, 60_000);
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(Object.keys(people) as Who[])(
    '%s sees exactly what is for them, by whatever way',
    async (who) => {
      for (const thing of things) {
        const shown = new Set<boolean>();
        for (const [query, variables] of everyWay(thing)) {
          const text = JSON.stringify(await service.ask(people[who], query, variables));
          for (const other of things) if (!other.seenBy.includes(who)) expect(text).not.toContain(other.word);
          shown.add(text.includes(thing.word));
        }
        expect([thing.word, shown.has(true)]).toEqual([thing.word, thing.seenBy.includes(who)]);
      }
    },
    60_000,
  );

  it('counts count what is seen only', async () => {
    for (const [who, viewer] of Object.entries(people)) {
      const { data } = await service.ask(viewer, '{ ticketCounts { total } }');
      expect([who, data.ticketCounts.total]).toEqual([
        who,
        things.filter(({ ids, seenBy }) => ids.Ticket.length > 0 && seenBy.includes(who as Who)).length,
      ]);
    }
  });

  it('events of the house are nobody’s', async () => {
    const access = await service.worker().find(TicketEventRow, { type: 'ticket.access' });
    const all = access.map(({ id }) => ({ __typename: 'TicketEvent', id }));
    for (const viewer of Object.values(people)) {
      const { data } = await service.ask(
        viewer,
        'query ($all: [_Any!]!) { _entities(representations: $all) { ... on TicketEvent { id } } }',
        { all },
      );
      expect(data._entities.filter(Boolean)).toEqual([]);
    }
  });
});

describe('a foreign id', () => {
  let service: TestService;
  let things: Thing[];
  beforeAll(async () => {
    service = await startTickets();
    things = await makeWorld(service);
  }, 60_000);
  afterAll(() => service[Symbol.asyncDispose]());

  const never = demoId('tkt', 'never');
  const message = (mutation: string, more = {}): [string, (id: string) => Record<string, unknown>] => [
    `mutation ($i: TicketMessageInput!) { ${mutation}(input: $i) { ticket { id } errors { code } } }`,
    (ticketId) => ({ i: { clientKey: clientKey(), ticketId, body: 'x', ...more } }),
  ];
  const action = (mutation: string): [string, (id: string) => Record<string, unknown>] => [
    `mutation ($i: TicketActionInput!) { ${mutation}(input: $i) { ticket { id } errors { code } } }`,
    (ticketId) => ({ i: { ticketId, reason: 'x' } }),
  ];
  const ways: [string, (id: string) => Record<string, unknown>][] = [
    ['query ($t: ID!) { ticket(id: $t) { id } }', (t) => ({ t })],
    ['query ($r: [_Any!]!) { _entities(representations: $r) { ... on Ticket { id } } }', (id) => ({ r: [{ __typename: 'Ticket', id }] })],
    message('replyToTicket'),
    message('addInternalNote'),
    message('requestInformation'),
    message('proposeSolution', { resolution: 'OTHER' }),
    message('proposeSolution'),
    action('acceptSolution'),
    action('refuseSolution'),
    action('cancelTicket'),
    action('takeTicket'),
    [
      'mutation ($i: ClassifyTicketInput!) { classifyTicket(input: $i) { ticket { id } errors { code } } }',
      (ticketId) => ({ i: { ticketId, formId: demoId('frm', 'technical-support@1'), answers: [] } }),
    ],
    [
      'query ($f: ID!, $c: OpeningContextInput) { evaluateForm(formId: $f, answers: [], context: $c) { errors { code } } }',
      (ticketId) => ({ f: demoId('frm', 'technical-support@1'), c: { ticketId } }),
    ],
    [
      'query ($c: OpeningContextInput) { requestForm(requestType: "technical-support", context: $c) { id } }',
      (ticketId) => ({ c: { ticketId } }),
    ],
  ];

  it('is answered in the same bytes as one that never was, by every field that takes one', async () => {
    for (const [query, variables] of ways) {
      for (const [who, viewer] of Object.entries(people)) {
        for (const { ids, seenBy } of things.filter((thing) => thing.ids.Ticket.length > 0 && !thing.seenBy.includes(who as Who))) {
          const foreign = JSON.stringify(await service.ask(viewer, query, variables(ids.Ticket[0] ?? '')));
          const absent = JSON.stringify(await service.ask(viewer, query, variables(never)));
          expect([query, who, seenBy, foreign]).toEqual([query, who, seenBy, absent]);
        }
      }
    }
  }, 60_000);

  it('in a filter finds nothing, and says no more', async () => {
    const ids = {
      organizationId: gisele.contacts[0]?.organizationId,
      requesterId: gisele.contacts[0]?.id,
      groupId: demoId('grp', 'bso-ams'),
    };
    for (const [part, id] of Object.entries(ids)) {
      const query = 'query ($f: TicketFilter) { tickets(first: 5, filter: $f) { edges { cursor } } ticketCounts(filter: $f) { total } }';
      expect((await service.ask(bruno, query, { f: { [part]: id } })).data).toEqual({ tickets: { edges: [] }, ticketCounts: { total: 0 } });
    }
  });
});

describe('the hidden fields', () => {
  it('answer the gateway only', async () => {
    await using service = await startTickets();
    const audience = 'query { _ticketEventAudience(eventId: "evt_x", watchers: []) { matches } }';
    for (const viewer of Object.values(people)) {
      for (const query of [audience, '{ _events(first: 1) { position } }'])
        expect((await service.ask(viewer, query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await service.ask(gatewayViewer, audience)).data).toEqual({ _ticketEventAudience: [] });
    // The gateway asks about tickets, it does not read them.
    const { id } = await open(service, bruno);
    expect(
      (
        await service.ask(gatewayViewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Ticket { id } } }', {
          r: [{ __typename: 'Ticket', id }],
        })
      ).data,
    ).toEqual({ _entities: [null] });
  });

  it('tell the gateway who hears of an event, and refuse a filter that nobody could follow', async () => {
    await using service = await startTickets();
    const { id } = await open(service, bruno);
    const [opened] = await service.worker().find(TicketEventRow, { aggregate: id, type: 'ticket.opened' });
    const query = 'query ($e: ID!, $w: [EventWatcherInput!]!) { _ticketEventAudience(eventId: $e, watchers: $w) { matches perPerson } }';
    const heard = async (eventId: string, filter: object) =>
      service.ask(gatewayViewer, query, { e: eventId, w: [bruno, gisele, carla].map((viewer) => ({ viewer, filter })) });
    const yes = { matches: true, perPerson: false };
    expect((await heard(opened?.id ?? '', {})).data).toEqual({ _ticketEventAudience: [yes, null, yes] });
    expect((await heard(opened?.id ?? '', { filter: { status: ['CLOSED'] } })).data).toEqual({ _ticketEventAudience: [null, null, null] });
    for (const never of [demoId('evt', 'never'), 'x\u0000'])
      expect((await heard(never, {})).data).toEqual({ _ticketEventAudience: [null, null, null] });
    expect((await heard('', { filter: { text: 'folha' } })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await heard(opened?.id ?? '', { filter: { text: 'folha' } })).errors?.[0]).toMatchObject({
      message: expect.stringContaining('`text`'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
