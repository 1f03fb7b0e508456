import { randomBytes } from 'node:crypto';
import { type Audience, type Envelope, TicketAssigned } from '@atende/events';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { pino } from 'pino';
import { type EventRow, eventEntity, recordEvent } from './event.ts';
import { eventBookkeeping } from './event-entities.ts';
import { demoId } from './ids.ts';
import { ticketAccessEntity } from './ticket-access.ts';

/** A database of its own with the tables of events, for the tests of this folder. */
export interface EventTestbed {
  url: string;
  orm: MikroORM;
  em(): EntityManager;
  pool: pg.Pool;
  close(): Promise<void>;
}

export const silent = pino({ level: 'silent' });
export const TestEvent = eventEntity();
const TestTicketAccess = ticketAccessEntity();

export async function eventTestbed(adminUrl = ''): Promise<EventTestbed> {
  const admin = new URL(adminUrl);
  const name = `test_events_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client({ connectionString: admin.href });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const orm = await MikroORM.init({
    entities: [TestEvent, TestTicketAccess, ...eventBookkeeping],
    clientUrl: url.href,
    allowGlobalContext: false,
  });
  await orm.schema.create();
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  // Dropping the database may meet a connection on its way out.
  pool.on('error', () => {});
  return {
    url: url.href,
    orm,
    em: () => orm.em.fork(),
    pool,
    close: async () => {
      await pool.end();
      await orm.close();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

export const ticketId = (name: string | number): string => demoId('tkt', String(name));
const noStatus = { fromStatus: 'NEW', toStatus: 'NEW', before: {}, after: {} } as const;

/** Records one event of a ticket, without a flush. */
export function assigned(em: EntityManager, ticket: string | number, version: number, audience: Audience = 'PUBLIC'): EventRow {
  const data = { ...noStatus, assigneeId: null, groupId: null };
  return recordEvent(em, TicketAssigned, { aggregate: ticketId(ticket), version, data, actor: null, audience, at: new Date() });
}

/** Commits one event of a ticket. */
export async function commitEvent(em: EntityManager, ticket: string | number, version: number): Promise<void> {
  assigned(em, ticket, version);
  await em.flush();
}

/** Resolves when `probe` answers true; asks again as soon as it has answered, and gives up after 10 s. */
export async function until(probe: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error('it did not come true within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An envelope as it could have been published. */
export const sampleEnvelope: Envelope = {
  id: 'evt_x',
  service: 'tickets',
  type: 'ticket.assigned',
  v: 1,
  aggregate: ticketId('x'),
  version: 1,
  position: 1,
  epoch: 'one',
  at: '2026-11-21T12:00:00.000Z',
  actor: null,
  audience: 'PUBLIC',
  requestId: null,
  traceparent: null,
  data: { ...noStatus, assigneeId: null, groupId: null },
};
