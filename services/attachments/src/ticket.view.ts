import { isId, type TicketAccessRow } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { attachmentsOfTickets } from './attachment.queries.ts';
import type { Attachment } from './attachment.ts';
import { TicketAccess } from './ticket-access.ts';

/** The tickets of one request; their files are read together, when the first of them is asked for its own. */
class TicketsOfRequest {
  readonly #em: EntityManager;
  readonly #ids: string[];
  #files: Promise<Map<string, Attachment[]>> | undefined;

  constructor(em: EntityManager, ids: string[]) {
    this.#em = em;
    this.#ids = ids;
  }

  async filesOf(ticketId: string): Promise<Attachment[]> {
    this.#files ??= attachmentsOfTickets(this.#em, this.#ids).then((files) => Map.groupBy(files, (file) => file.ticketId ?? ''));
    return (await this.#files).get(ticketId) ?? [];
  }
}

/** A ticket as far as this service knows it. */
export interface TicketFiles {
  id: string;
  access: TicketAccessRow;
  files(): Promise<Attachment[]>;
}

/** Tickets by id, those whose access facts the viewer may read. An unknown ticket is no access. */
export async function ticketsById(em: EntityManager, ids: string[]): Promise<TicketFiles[]> {
  const known = await em.find(TicketAccess, { ticketId: { $in: ids.filter((id) => isId('tkt', id)) } });
  const tickets = new TicketsOfRequest(
    em,
    known.map((row) => row.ticketId),
  );
  return known.map((access) => ({ id: access.ticketId, access, files: () => tickets.filesOf(access.ticketId) }));
}
