import {
  decodePageCursor,
  foreignCursor,
  hasRole,
  isId,
  type Page,
  type PageArguments,
  pageOf,
  pageSize,
  type Viewer,
  wholeOrganizations,
} from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Ticket } from './ticket.ts';

/** So many of the newest hits are weighed against each other; who wants older ones says more words. */
const MOST_WEIGHED = 500;
const EXACT = 1_000; // more than any rank

interface Hit {
  id: string;
  rank: number;
}

/**
 * Tickets with all the words of a text, the best first, or with the text as their number. `find_tickets` is told what the viewer
 * sees, as every list is; what it finds passes row-level security here.
 */
export async function foundPage(em: EntityManager, viewer: Viewer, text: string, page: PageArguments): Promise<Page<Ticket>> {
  const { size } = pageSize(page);
  const [rank, id] = page.after ? placeIn(page.after) : [Number.MAX_VALUE, ''];
  const hits = await em.execute<Hit[]>(
    `with hits as materialized (
       select ticket_id, rank from find_tickets(?, ?::jsonb, ?) union all select id, ?::float8 from ticket where number = ?
     )
     select id, max(rank) as rank from hits join ticket on ticket.id = hits.ticket_id
     group by id having (max(rank), id) < (?::float8, ?) order by rank desc, id desc limit ?`,
    [text, JSON.stringify(sightOf(viewer)), MOST_WEIGHED, EXACT, numberIn(text), rank, id, size + 1],
  );
  const tickets = new Map((await em.find(Ticket, { id: { $in: hits.map((hit) => hit.id) } })).map((ticket) => [ticket.id, ticket]));
  const found = hits.flatMap((hit) => ({ ...hit, ticket: tickets.get(hit.id) })).filter(hasTicket);
  const { cursorOf, rows, ...rest } = pageOf(found, page, (hit) => [hit.rank, hit.id]);
  const cursors = new Map(rows.map((hit) => [hit.ticket, cursorOf(hit)]));
  return { ...rest, rows: rows.map(({ ticket }) => ticket), cursorOf: (ticket) => cursors.get(ticket) ?? '' };
}

const hasTicket = <Row extends { ticket: Ticket | undefined }>(row: Row): row is Row & { ticket: Ticket } => row.ticket !== undefined;

/** What `seenBy` says, as `find_tickets` takes it. */
export const sightOf = (viewer: Viewer) => ({
  contacts: viewer.contacts.map((contact) => contact.id),
  organizations: wholeOrganizations(viewer),
  groups: viewer.groups,
  analyst: viewer.analystId,
  everything: hasRole(viewer, 'SUPERVISOR'),
  ombudsman: hasRole(viewer, 'OMBUDSMAN'),
});

/** A number as people write it: "#100042". */
const numberIn = (text: string): string => text.replace(/^#\s*/, '');

function placeIn(cursor: string): [number, string] {
  const [rank, id] = decodePageCursor(cursor, 2);
  if (typeof rank !== 'number' || !isId('tkt', id)) throw foreignCursor();
  return [rank, id];
}
