import { anonymous, type Viewer } from '@atende/service';
import type { Answer, TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { FormLibrary } from '../form/form-library.ts';
import { option } from '../form/form-testing.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { bruno, carla, elisa, otavio } from '../seed/demo-people.ts';
import { act, fillForm, open, startTickets } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import { DecisionTable } from './decision-table.ts';

let service: TestService;
let software: Awaited<ReturnType<typeof fillForm>>;
beforeAll(async () => {
  service = await startTickets();
  software = await fillForm(service, bruno, 'software.rm');
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

interface Row {
  rule: string;
  when?: object;
  value?: string;
  reason?: object;
}
const reason = { ptBR: 'Porque sim', en: 'Because', es: 'Porque sí' };
const rowsOf = (rows: Row[]) => rows.map((row) => ({ when: {}, value: 'LOW', reason, ...row }));
const WHEN = 'category origin effect impact plan environmentKind businessStoppage inClientCustomization';
const TABLE = `edition savedAt savedBy { id } rows { rule when { ${WHEN} } value reason { ptBR en es } }`;
const newest = async () => (await service.ask(elisa, `{ decisionTable { ${TABLE} } }`)).data.decisionTable;

const save = async (rows: Row[], input: object = {}, viewer: Viewer = elisa) => {
  const { edition } = input && 'expectedEdition' in input ? { edition: 0 } : await newest();
  const { data, errors } = await service.ask(
    viewer,
    `mutation ($input: SaveDecisionTableInput!) { saveDecisionTable(input: $input) { decisionTable { ${TABLE} } errors { code field message } } }`,
    { input: { rows: rowsOf(rows), expectedEdition: edition, ...input } },
  );
  return { table: null, errors: [], ...data?.saveDecisionTable, failed: errors?.[0]?.extensions.code };
};
const decidedOn = async (id: string) =>
  (await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { criticality { value edition rule reason } } }', { id })).data.ticket
    .criticality;

describe('the decision table', () => {
  it('is read by supervisors, the edition that decides or a certain one', async () => {
    const table = await newest();
    expect(table).toMatchObject({ edition: 1, savedBy: null });
    expect(table.rows[0]).toEqual({
      rule: 'customization-request',
      when: {
        ...Object.fromEntries(WHEN.split(' ').map((name) => [name, null])),
        category: ['CUSTOMIZATION', 'IMPROVEMENT', 'CONSULTING'],
      },
      value: 'LOW',
      reason: expect.objectContaining({ en: 'Request for an improvement, customization or consulting' }),
    });
    const { data } = await service.ask(elisa, '{ one: decisionTable(edition: 1) { edition } none: decisionTable(edition: 9) { edition } }');
    expect(data).toEqual({ one: { edition: 1 }, none: null });
  });

  it('in its new edition decides on the next ticket; older tickets keep theirs', async () => {
    const old = await open(service, bruno, 'software.rm', software);
    const before = await decidedOn(old.id);
    expect(before.edition).toBe(1);
    const elsewhere = new FormLibrary(() => service.worker());
    expect((await elsewhere.decisionTable()).edition).toBe(1);
    const rows = [{ rule: 'prime', when: { plan: ['PRIME'] }, value: 'HIGH' }, { rule: 'rest' }];
    const { decisionTable, errors } = await save(rows);
    expect([errors, decisionTable]).toMatchObject([[], { edition: 2, savedBy: { id: elisa.analystId }, rows: rowsOf(rows) }]);
    const { id } = await open(service, bruno, 'software.rm', software);
    expect(await decidedOn(id)).toEqual({ value: 'HIGH', edition: 2, rule: 'prime', reason: 'Porque sim' });
    expect(await decidedOn(old.id)).toEqual(before);
    await elsewhere.refresh(); // what every replica does every two seconds
    expect((await elsewhere.decisionTable()).edition).toBe(2);
    const event = await service.worker().findOneOrFail(TicketEventRow, { aggregate: id, type: 'ticket.opened' });
    expect(event.data).toMatchObject({ criticalityEdition: 2, after: { criticality: 'HIGH', criticalityRule: 'prime' } });
  });

  it('is kept by what follows a closed ticket', async () => {
    const { id } = await open(service, bruno, 'software.rm', software);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    await act(service, bruno, 'acceptSolution', { ticketId: id });
    const { ticket } = await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Voltou.' });
    expect(await decidedOn((ticket as unknown as { id: string }).id)).toMatchObject({ edition: 2, rule: 'prime' });
  });

  it('is refused with every defect at once, by paths, in the language asked for', async () => {
    const { decisionTable, errors } = await save([
      { rule: 'a', when: { effect: ['SLOWNESS', 'NEVER_HEARD_OF'] }, reason: { ptBR: 'Só aqui' } },
      { rule: 'a', when: { plan: ['PRIME'] } },
    ]);
    expect([decisionTable, errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`)]).toEqual([
      null,
      [
        'UNKNOWN_CODE input.rows.0.when.effect.1',
        'REQUIRED input.rows.0.reason.en',
        'REQUIRED input.rows.0.reason.es',
        'DUPLICATE_ROW input.rows.1.rule',
        'LAST_ROW_MUST_MATCH_EVERYTHING input.rows.1.when',
      ],
    ]);
    expect(errors[0].message).toBe('“NEVER_HEARD_OF” não está no catálogo.');
  });

  it('of two supervisors is the first one’s: the second reads it again', async () => {
    const { edition } = await newest();
    const rows = [{ rule: 'rest', value: 'MEDIUM' }];
    const both = await Promise.all([1, 2, 3].map(() => save(rows, { expectedEdition: edition })));
    expect(both.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', 'CONFLICT', undefined]);
    expect((await save(rows, { expectedEdition: edition })).failed).toBe('CONFLICT');
    expect((await newest()).edition).toBe(edition + 1);
  });

  it('lists its editions, the newest first; each is an event, none ever changes', async () => {
    const page = (after: string | null): Promise<Answer> =>
      service.ask(
        elisa,
        'query ($after: String) { decisionTables(first: 2, after: $after) { edges { node { edition } } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
    const first = (await page(null)).data.decisionTables;
    expect([first.edges.map(({ node }: { node: { edition: number } }) => node.edition), first.pageInfo.hasNextPage]).toEqual([
      [3, 2],
      true,
    ]);
    expect((await page(first.pageInfo.endCursor)).data.decisionTables).toMatchObject({
      edges: [{ node: { edition: 1 } }],
      pageInfo: { hasNextPage: false },
    });
    expect((await page('WyJ4Il0')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const told = await service.worker().find(TicketEventRow, { type: 'criticality.saved' }, { orderBy: { version: 'asc' } });
    expect(told).toMatchObject([{ version: 2, actor: elisa.analystId, data: { rowCount: 2 } }, { version: 3 }]);
  });

  it.each([
    ['an analyst', carla, 'FORBIDDEN'],
    ['the ombudsman', otavio, 'FORBIDDEN'],
    ['a contact', bruno, 'FORBIDDEN'],
    ['nobody', anonymous, 'UNAUTHENTICATED'],
  ])('is not for %s', async (_, viewer, code) => {
    expect((await save([{ rule: 'rest' }], { expectedEdition: 1 }, viewer)).failed).toBe(code);
    for (const query of [
      'decisionTable { edition }',
      'decisionTables(first: 1) { edges { cursor } }',
      'criticalityPreview { errors { code } }',
      'criticalityDryRun(last: 1, rows: []) { looked }',
    ])
      expect((await service.ask(viewer, `{ ${query} }`)).errors?.[0]?.extensions.code).toBe(code);
  });
});

describe('in the database', () => {
  const asRoles = async (roles: string, sql: string, as: 'app' | 'worker' = 'app') => {
    const client = new pg.Client({ connectionString: service.database.urls[as] });
    await client.connect();
    try {
      await client.query("select set_config('app.kind', 'PERSON', false), set_config('app.roles', $1, false)", [roles]);
      return (await client.query(sql)).rowCount;
    } finally {
      await client.end();
    }
  };

  it('an edition is the supervisors’ to read and to add, and nobody’s to change', async () => {
    const add = "insert into decision_table (edition, rows, at) values (99, '[]', now())";
    expect(await asRoles('ANALYST', 'select 1 from decision_table')).toBe(0);
    await expect(asRoles('ANALYST', add)).rejects.toThrow('row-level security');
    expect(await asRoles('SUPERVISOR', 'select 1 from decision_table')).toBe(3);
    for (const change of ['update decision_table set edition = 9', 'delete from decision_table'])
      for (const as of ['app', 'worker'] as const) await expect(asRoles('SUPERVISOR', change, as)).rejects.toThrow('permission denied');
  });
});

describe('immediate attention', () => {
  const stopped = {
    ...{ origin: option('origin:PRODUCTION'), effect: option('erp/rm/effect:SYSTEM_DOWN'), inClientCustomization: false },
    ...{ environment: option('erp/rm/environment:production'), businessStoppage: option('business-stoppage:SHIPPING_STOPPED') },
  };
  const attentionOf = async (change: object): Promise<unknown> => {
    const answers = Object.entries({ ...stopped, ...change }).map(([field, value]) => ({ field, value }));
    const others = software.answers.filter(({ field }) => !(field in stopped));
    const { id } = await open(service, bruno, 'software.rm', { ...software, answers: [...others, ...answers] });
    const query = 'query ($id: ID!) { ticket(id: $id) { criticality { immediateAttention immediateAttentionReason } } }';
    return (await service.ask(bruno, query, { id })).data.ticket.criticality;
  };

  it.each([
    ['INVOICING_STOPPED', { businessStoppage: option('business-stoppage:INVOICING_STOPPED') }],
    ['SHIPPING_STOPPED', {}],
  ])('stands on the ticket with its reason: %s', async (reason, change) => {
    expect(await attentionOf(change)).toEqual({ immediateAttention: true, immediateAttentionReason: reason });
  });

  it.each([
    ['where nothing has stopped', { businessStoppage: option('business-stoppage:NONE') }],
    ['in an implementation', { origin: option('origin:IMPLEMENTATION') }],
    ['in homologation', { environment: option('erp/rm/environment:homologation') }],
    ['in a test environment', { environment: option('erp/rm/environment:test') }],
    ['in the client’s own customization', { inClientCustomization: true }],
  ])('does not %s', async (_, change) => {
    expect(await attentionOf(change)).toEqual({ immediateAttention: false, immediateAttentionReason: null });
  });
});

describe('trying a table out', () => {
  const counts = async () => {
    const em = service.worker();
    return [await em.count(DecisionTable), await em.count(TicketEventRow), await em.count(Ticket)];
  };
  const preview = async (variables: object) =>
    (
      await service.ask(
        elisa,
        `query ($ticketId: ID, $facts: CriticalityFactsInput, $rows: [DecisionRowInput!]) { criticalityPreview(ticketId: $ticketId, facts: $facts, rows: $rows) {
          facts { ${WHEN} } criticality { value edition rule immediateAttention immediateAttentionReason } passed { rule missed { factor asked given } } attentionBarredBy errors { code field } } }`,
        variables as Record<string, unknown>,
      )
    ).data.criticalityPreview;
  const rows = rowsOf([
    { rule: 'custom', when: { inClientCustomization: [true], plan: ['PRIME'] }, value: 'MEDIUM' },
    { rule: 'stopped', when: { businessStoppage: ['INVOICING_STOPPED'] }, value: 'CRITICAL' },
    { rule: 'rest' },
  ]);

  it('says which row decides on facts, and why no row above it does', async () => {
    const facts = { businessStoppage: 'INVOICING_STOPPED', plan: 'PRIME', inClientCustomization: false };
    expect(await preview({ facts, rows })).toMatchObject({
      criticality: {
        value: 'CRITICAL',
        edition: null,
        rule: 'stopped',
        immediateAttention: true,
        immediateAttentionReason: 'INVOICING_STOPPED',
      },
      passed: [{ rule: 'custom', missed: [{ factor: 'inClientCustomization', asked: ['true'], given: 'false' }] }],
      attentionBarredBy: [],
      errors: [],
    });
  });

  it('says what bars immediate attention, and what saving would refuse', async () => {
    const facts = { businessStoppage: 'SHIPPING_STOPPED', origin: 'IMPLEMENTATION', environmentKind: 'TEST' };
    expect(await preview({ facts, rows: [...rows, rows[2]] })).toMatchObject({
      criticality: { rule: 'rest', immediateAttention: false },
      attentionBarredBy: ['origin', 'environmentKind'],
      errors: [
        { code: 'DUPLICATE_ROW', field: ['rows', '3', 'rule'] },
        { code: 'ROW_NEVER_DECIDES', field: ['rows', '3'] },
      ],
    });
    expect(await preview({ rows: [] })).toMatchObject({ criticality: null, errors: [{ code: 'REQUIRED', field: ['rows'] }] });
  });

  it('reads a ticket’s kept answers, and what is said otherwise beside them', async () => {
    const { id } = await open(service, bruno, 'software.rm', software);
    const { edition } = await newest();
    expect(await preview({ ticketId: id })).toMatchObject({
      facts: { category: 'SERVICE_QUESTION', origin: 'PRODUCTION', impact: null, plan: 'PRIME', environmentKind: expect.any(String) },
      criticality: { edition, rule: 'rest' },
    });
    expect(await preview({ ticketId: id, rows, facts: { businessStoppage: 'INVOICING_STOPPED' } })).toMatchObject({
      facts: { origin: 'PRODUCTION' },
      criticality: { rule: 'stopped' },
    });
    expect(await preview({ ticketId: 'tkt_nothing' })).toBeNull();
  });

  it('shows what rows would change on the last tickets, those of the ombudsman apart, and writes nothing', async () => {
    await open(service, bruno, 'relationship.ombudsman');
    const { id } = await open(service, bruno, 'software.rm', software);
    const before = await counts();
    const dryRun = async (last: number, tried: object[]) =>
      service.ask(
        elisa,
        `query ($last: Int!, $rows: [DecisionRowInput!]!) { criticalityDryRun(last: $last, rows: $rows) { looked changes { ticket { id } before { rule value } after { rule value edition } } errors { code } } }`,
        { last, rows: tried },
      );
    const tried = rowsOf([
      { rule: 'known-origin', when: { origin: ['PRODUCTION'] }, value: 'HIGH' },
      { rule: 'rest', value: 'MEDIUM' },
    ]);
    const { looked, changes } = (await dryRun(2, tried)).data.criticalityDryRun;
    expect([looked, changes[0]]).toEqual([
      2,
      { ticket: { id }, before: { rule: 'rest', value: 'MEDIUM' }, after: { rule: 'known-origin', value: 'HIGH', edition: null } },
    ]);
    expect((await dryRun(100, (await newest()).rows)).data.criticalityDryRun).toMatchObject({ changes: [], errors: [] });
    expect((await dryRun(100, [])).data.criticalityDryRun).toMatchObject({ changes: [], errors: [{ code: 'REQUIRED' }] });
    expect((await dryRun(101, tried)).errors?.[0]?.extensions.code).toBe('FIRST_REQUIRED');
    expect(await counts()).toEqual(before);
  });
});
