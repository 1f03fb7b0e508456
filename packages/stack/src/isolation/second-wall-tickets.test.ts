import { demoId, newId } from '@atende/service/ids';
import { startTestService, type TestService } from '@atende/service/testing';
import { tickets } from '@atende/tickets';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { bruno, everythingFrom, gisele } from './second-wall.ts';

interface Row {
  id: string;
  organization_id: string;
  requester_id: string;
  number: string;
}

let service: TestService;
let rows: Row[];
beforeAll(async () => {
  service = await startTestService(tickets, { environment: { FILES_JWKS_URL: 'http://127.0.0.1:1/jwks.json' }, applicationChecks: false });
  rows = await service.worker().execute<Row[]>('select id, number, organization_id, requester_id from ticket');
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

it.each([
  ['another organization', gisele, (row: Row) => row.organization_id === demoId('org', 'GLBX01')],
  ['a colleague, to who sees only their own', bruno, (row: Row) => row.requester_id === demoId('con', 'bruno@acme.example')],
])(
  'with application checks off, row-level security shows no ticket, message or history of %s',
  async (_, viewer, isOwn) => {
    const foreign = rows.filter((row) => !isOwn(row));
    const internal = await service.worker().execute<{ id: string }[]>('select id from comment where internal limit 3');
    const text = await everythingFrom(
      service,
      'tickets',
      viewer,
      [...foreign.slice(0, 3), rows.find(isOwn)!, ...internal].map(({ id }) => id),
    );
    const shown = (row: Row): boolean => text.includes(`"number":"${row.number}"`);
    expect(foreign.filter(shown)).toEqual([]);
    expect(rows.filter(isOwn).filter(shown).length).toBeGreaterThan(0);
    expect(text).not.toContain('pacote acumulado'); // the demo's internal notes
  },
  60_000,
);

it('row-level security alone hides a draft from any other person, and lets nobody write in another’s name', async () => {
  const [own, foreign] = [bruno.personId ?? '', gisele.personId ?? ''];
  const client = new pg.Client({ connectionString: service.database.urls.app });
  await client.connect();
  const as = async (personId: string, statement: string): Promise<number | null> => {
    await client.query("select set_config('app.kind', 'PERSON', false), set_config('app.person', $1, false)", [personId]);
    return (await client.query(statement)).rowCount;
  };
  const insert = (personId: string): string =>
    `insert into ticket_draft values ('${newId('drf')}', '${personId}', 1, 'technical-support', '{}', null, now(), now())`;
  try {
    expect(await as(own, insert(own))).toBe(1);
    expect(await as(own, 'select * from ticket_draft')).toBe(1);
    for (const statement of ['select * from ticket_draft', 'update ticket_draft set version = 9', 'delete from ticket_draft'])
      expect([statement, await as(foreign, statement)]).toEqual([statement, 0]);
    await expect(as(foreign, insert(own))).rejects.toThrow('row-level security');
    await expect(as(own, `update ticket_draft set person_id = '${foreign}'`)).rejects.toThrow('row-level security');
  } finally {
    await client.end();
  }
});
