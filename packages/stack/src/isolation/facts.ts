import { type Place, rowsOf } from './place.ts';

/** What decides who sees an object, read past every wall. */
export type Fact =
  | { type: 'Ticket'; organizationId: string; requesterId: string; groupId: string | null; restricted: boolean; analystIds: string[] }
  | { type: 'Comment'; ticketId: string; internal: boolean }
  | { type: 'TicketEvent'; ticketId: string; audience: string }
  | { type: 'TicketDraft'; personId: string | null; openedById: string | null }
  | { type: 'Attachment'; uploaderId: string; ticketId: string | null; visibility: string | null }
  | { type: 'Article'; status: string; audience: string }
  | { type: 'Contact'; personId: string; organizationId: string; administrator: boolean; active: boolean }
  | { type: 'Person'; email: string }
  | { type: 'ApiKey'; personId: string }
  | { type: 'AuditEntry' }
  | { type: 'Organization'; code: string }
  | { type: 'Analyst'; personId: string }
  | { type: 'Group'; code: string };

/** Where each is read: service, and a statement that gives the columns of the fact. */
const SOURCES: { [Type in Fact['type']]: [string, string] } = {
  Ticket: [
    'tickets',
    'id, organization_id as "organizationId", requester_id as "requesterId", group_id as "groupId", restricted, analyst_ids as "analystIds" from ticket',
  ],
  Comment: ['tickets', 'id, ticket_id as "ticketId", internal from comment'],
  TicketEvent: ['tickets', `id, aggregate as "ticketId", audience from event where aggregate like 'tkt%'`],
  // Who opened a ticket has it as a template too, under an id that nothing is stored under.
  TicketDraft: [
    'tickets',
    `id, person_id as "personId", null as "openedById" from ticket_draft union all select replace(id, 'tkt', 'drf'), null, opened_by_id from ticket`,
  ],
  Attachment: ['attachments', 'id, uploader_id as "uploaderId", ticket_id as "ticketId", visibility from attachment'],
  Article: ['knowledge', 'id, status, audience from article'],
  Contact: ['identity', 'id, person_id as "personId", organization_id as "organizationId", administrator, active from contact'],
  Person: ['identity', 'id, email from person'],
  ApiKey: ['identity', 'id, person_id as "personId" from api_key'],
  AuditEntry: ['identity', 'id from audit_entry'],
  Organization: ['identity', 'id, code from organization'],
  Analyst: ['identity', 'id, person_id as "personId" from analyst'],
  Group: ['identity', 'id, code from support_group'],
};

export class Facts {
  readonly #byId: ReadonlyMap<string, Fact>;

  private constructor(byId: Map<string, Fact>) {
    this.#byId = byId;
  }

  static async read(place: Place): Promise<Facts> {
    const read = await Promise.all(
      Object.entries(SOURCES).map(async ([type, [service, columns]]) =>
        (await rowsOf<{ id: string }>(place, service, `select ${columns}`)).map(
          ({ id, ...fact }) => [id, { type, ...fact } as Fact] as const,
        ),
      ),
    );
    return new Facts(new Map(read.flat()));
  }

  get(id: string): Fact | undefined {
    return this.#byId.get(id);
  }

  *all(): Generator<[string, Fact]> {
    yield* this.#byId;
  }

  of<Type extends Fact['type']>(type: Type, id: string | null): Extract<Fact, { type: Type }> | undefined {
    const fact = this.#byId.get(id ?? '');
    return fact?.type === type ? (fact as Extract<Fact, { type: Type }>) : undefined;
  }
}
