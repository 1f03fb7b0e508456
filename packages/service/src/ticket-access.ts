import { TicketAccess as TicketAccessEvent } from '@atende/events';
import { defineEntity, type EntityClass, type EntityManager, type PolicyDef } from '@mikro-orm/postgresql';
import { type Consumer, onAll } from './consumer.ts';

export interface TicketAccessRow {
  ticketId: string;
  organizationId: string;
  requesterId: string;
  groupId: string | null;
  restricted: boolean;
  analystIds: string[];
  /** Of the ticket, when these facts held. */
  version: number;
}

/**
 * The `ticket_access` table: who may see a ticket, in a service that keeps ticket-bound data. No row: nobody may.
 * Call it once per service, with its row-level-security policies.
 */
export function ticketAccessEntity({ policies = [] }: { policies?: PolicyDef<TicketAccessRow>[] } = {}): EntityClass<TicketAccessRow> {
  const TicketAccessSchema = defineEntity({
    name: 'TicketAccess',
    tableName: 'ticket_access',
    ...(policies.length > 0 && { rowLevelSecurity: 'force' as const, policies: policies as PolicyDef[] }),
    properties: (p) => ({
      ticketId: p.text().primary(),
      organizationId: p.text().index(),
      requesterId: p.text().index(),
      groupId: p.text().strictNullable(),
      restricted: p.boolean(),
      analystIds: p.array().columnType('text[]'),
      version: p.integer(),
    }),
  });
  class TicketAccess extends TicketAccessSchema.class {}
  TicketAccessSchema.setClass(TicketAccess);
  return TicketAccess as EntityClass<TicketAccessRow>;
}

/** Keeps the facts unless later ones are known already: events may be replayed in any order. */
export async function keepTicketAccess(em: EntityManager, rows: readonly TicketAccessRow[]): Promise<void> {
  const facts = rows.map((row) => ({
    ticket_id: row.ticketId,
    organization_id: row.organizationId,
    requester_id: row.requesterId,
    group_id: row.groupId,
    restricted: row.restricted,
    analyst_ids: row.analystIds,
    version: row.version,
  }));
  await em.execute(
    `insert into ticket_access (ticket_id, organization_id, requester_id, group_id, restricted, analyst_ids, version)
     select distinct on (ticket_id) ticket_id, organization_id, requester_id, group_id, restricted, analyst_ids, version
     from jsonb_to_recordset(?::jsonb) as facts(ticket_id text, organization_id text, requester_id text, group_id text, restricted boolean, analyst_ids text[], version int)
     order by ticket_id, version desc
     on conflict (ticket_id) do update set organization_id = excluded.organization_id, requester_id = excluded.requester_id,
       group_id = excluded.group_id, restricted = excluded.restricted, analyst_ids = excluded.analyst_ids, version = excluded.version
     where ticket_access.version < excluded.version`,
    [JSON.stringify(facts)],
  );
}

/** The consumer that keeps it. */
export const ticketAccessConsumer: Consumer = onAll(TicketAccessEvent, (events, { em }) =>
  keepTicketAccess(
    em,
    events.map(({ aggregate, version, data }) => ({ ...data, ticketId: aggregate, version })),
  ),
);
