import pg from 'pg';
import type { Stack } from '../stack.ts';

async function rows<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** How often each of these clients' keys made a ticket. */
export const ticketsPerSubject = (stack: Stack, prefix: string): Promise<{ subject: string; count: number }[]> =>
  rows(stack.databaseUrls('tickets').worker, 'select subject, count(*)::int as count from ticket where subject like $1 group by subject', [
    `${prefix}%`,
  ]);

// What of a ticket's row its history must fold to.
const FOLDED = [
  ...(['status', 'stage', 'groupId', 'assigneeId', 'severity', 'priority', 'criticality', 'dueTo', 'stay'] as const),
  ...(['classification', 'requestType', 'formId', 'productId'] as const),
];

/** Tickets whose history has a gap, or does not fold to exactly their row. */
export async function unfoldable(stack: Stack): Promise<string[]> {
  const url = stack.databaseUrls('tickets').worker;
  const tickets = await rows<Record<string, unknown> & { id: string; version: number }>(
    url,
    `select id, version, status, stage, group_id as "groupId", assignee_id as "assigneeId", severity, priority, criticality, due_to as "dueTo", stay,
       classification, request_type as "requestType", form_id as "formId", product_id as "productId" from ticket`,
  );
  const events = await rows<{ aggregate: string; version: number; after: Record<string, unknown> | null }>(
    url,
    `select aggregate, version, case when version = 1 then data else '{}' end || coalesce(data->'after', '{}') as after from event where aggregate like 'tkt_%' order by aggregate, version`,
  );
  const histories = Map.groupBy(events, (event) => event.aggregate);
  return tickets.flatMap((ticket) => {
    const history = histories.get(ticket.id) ?? [];
    const whole = history.length === ticket.version && history.every(({ version }, index) => version === index + 1);
    const folded: Record<string, unknown> = Object.assign({}, ...history.map(({ after }) => after ?? {}));
    return whole && FOLDED.every((name) => folded[name] === ticket[name]) ? [] : [ticket.id];
  });
}

/** Ticket events whose effect another service has not had (its inbox lacks them). The inbox's key keeps them from being had twice. */
export async function withoutEffect(stack: Stack, consumer: string, type: string): Promise<string[]> {
  const recorded = await rows<{ id: string }>(stack.databaseUrls('tickets').worker, 'select id from event where type = $1', [type]);
  const had = new Set(
    (await rows<{ event_id: string }>(stack.databaseUrls(consumer).worker, 'select event_id from inbox where type = $1', [type])).map(
      (row) => row.event_id,
    ),
  );
  return recorded.map(({ id }) => id).filter((id) => !had.has(id));
}

/** Events that wait at a consumer for a hand. */
export const parked = async (stack: Stack, consumer: string): Promise<number> =>
  (await rows(stack.databaseUrls(consumer).worker, 'select 1 from parked_event')).length;

/** Positions of the tickets' events: from 1 without a gap, none left unnumbered. */
export async function positions(stack: Stack): Promise<{ numbered: number; last: number; unnumbered: number }> {
  const [row] = await rows<{ numbered: number; last: number; unnumbered: number }>(
    stack.databaseUrls('tickets').worker,
    'select count(position)::int as numbered, max(position)::int as last, count(*) filter (where position is null)::int as unnumbered from event',
  );
  return row ?? { numbered: 0, last: 0, unnumbered: 0 };
}
