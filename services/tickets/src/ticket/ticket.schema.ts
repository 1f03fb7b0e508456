import { sqlIsGateway, sqlIsWorker, sqlSeesTicket } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { Localized } from '../form/form-text.ts';
import type { Channel, Level, TicketPriority, TicketResolution, TicketStage, TicketStatus } from '../lifecycle/ticket-status.ts';
import type { RoutingTrace } from './ticket-filing.ts';
import { searched } from './ticket-words.ts';

/** An answer as it was given and shown when the form was filled in: drawn like this for ever. */
export interface KeptAnswer {
  field: string;
  label: Localized;
  value: unknown;
  display: Localized;
  /** whom an automatic field shows */
  partyId?: string;
}

/** The row of a ticket. What its life changes is `TicketState` of the events, what classification changes `TicketAbout`; the rest is fixed when it is opened. */
export const TicketSchema = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: `${sqlIsGateway} or ${sqlSeesTicket}` },
    { name: 'opened', command: 'insert', check: sqlSeesTicket },
    { name: 'changed', command: 'update', using: sqlSeesTicket },
    { name: 'worker', using: sqlIsWorker },
    searched,
  ],
  indexes: [
    { name: 'ticket_by_organization', properties: ['organizationId', 'id'] },
    { name: 'ticket_by_requester', properties: ['requesterId', 'id'] },
    { name: 'ticket_by_group', properties: ['groupId', 'id'] },
    { name: 'ticket_by_interaction', properties: ['lastInteractionAt', 'id'] },
    { name: 'ticket_by_status', properties: ['status', 'id'] },
    { name: 'ticket_by_follow_up', properties: ['followUpOfId'] },
    { name: 'ticket_by_opener', properties: ['openedById', 'createdAt'] },
    {
      name: 'ticket_open_by_organization',
      expression: `create index "ticket_open_by_organization" on "ticket" ("organization_id", "id") where status not in ('CLOSED', 'CANCELLED')`,
    },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    number: p.text().unique(),
    version: p.integer(),
    // who
    organizationId: p.text(),
    requesterId: p.text(),
    openedById: p.text(),
    restricted: p.boolean(),
    analystIds: p.array<string>().columnType('text[]'),
    watchers: p.array<string>().columnType('text[]'),
    // what
    requestType: p.text(),
    formId: p.text(),
    channel: p.text().$type<Channel>(),
    subject: p.text(),
    description: p.text().strictNullable(),
    answers: p.json<KeptAnswer[]>(),
    productId: p.text().strictNullable(),
    moduleId: p.text().strictNullable(),
    environmentId: p.text().strictNullable(),
    requestedPriority: p.text().$type<TicketPriority>().strictNullable(),
    followUpOfId: p.text().strictNullable(),
    /** Null: routing has not run yet. */
    routing: p.json<RoutingTrace>().strictNullable(),
    createdAt: p.datetime(3),
    // state, which the history folds to
    status: p.text().$type<TicketStatus>(),
    stage: p.text().$type<TicketStage>(),
    groupId: p.text().strictNullable(),
    assigneeId: p.text().strictNullable(),
    severity: p.text().$type<Level>(),
    priority: p.text().$type<TicketPriority>(),
    criticality: p.text().$type<Level>(),
    /** Of the decision table; null: opened before tickets kept it. */
    criticalityEdition: p.integer().strictNullable(),
    criticalityRule: p.text().strictNullable(),
    criticalityReason: p.json<Localized>().strictNullable(),
    immediateAttention: p.text().$type<'INVOICING_STOPPED' | 'SHIPPING_STOPPED'>().strictNullable(),
    classification: p.text().$type<'COMPLETE' | 'TO_CLASSIFY'>(),
    resolution: p.text().$type<TicketResolution>().strictNullable(),
    dueTo: p.text().$type<TicketStatus>().strictNullable(),
    dueAt: p.datetime(3).strictNullable(),
    stay: p.integer(),
    lastInteractionAt: p.datetime(3),
    mergedIntoId: p.text().strictNullable(),
    /** Where the events stood in the very statement that read the row: resuming from here misses nothing. */
    reached: p.text().formula(() => "(select relay.epoch || '.' || relay.last_position from relay)"),
  }),
});
export type TicketRow = InferEntity<typeof TicketSchema>;
