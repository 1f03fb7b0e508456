import type { Envelope } from '@atende/events';
import { type Bus, decodeCursor, type Viewer } from '@atende/service/process';
import type { ToyData, ToyTicket } from './toy-data.ts';
import { coded, type ToyContext } from './toy-service.ts';

interface ToyWatcher {
  viewer: Viewer;
  filter: { filter?: { status?: string[]; text?: string } } | null;
}

/** The hidden fields of an owner of events. */
export function liveResolvers(data: ToyData) {
  return {
    _events(_: unknown, { after, first }: { after?: string | null; first: number }, { viewer }: ToyContext) {
      if (viewer.kind !== 'GATEWAY') throw coded('NOT_FOUND', 'Not found.');
      const from = after ? decodeCursor(after) : { epoch: data.epoch, position: 0 };
      if (!from || from.epoch !== data.epoch || from.position > data.stream.length) throw coded('CURSOR_EXPIRED', 'expired');
      return { epoch: data.epoch, position: data.stream.length, events: data.stream.slice(from.position, from.position + first) };
    },
    _ticketEventAudience(_: unknown, { eventId, watchers }: { eventId: string; watchers: ToyWatcher[] }, { viewer }: ToyContext) {
      if (viewer.kind !== 'GATEWAY') throw coded('NOT_FOUND', 'Not found.');
      if (watchers.some(({ filter }) => filter?.filter?.text === 'defect')) throw coded('INTERNAL', 'a defect');
      if (watchers.some(({ filter }) => filter?.filter?.text)) throw coded('BAD_USER_INPUT', 'text cannot be watched');
      const ticket = data.tickets.get(data.events.get(eventId)?.ticketId ?? '');
      return watchers.map(({ viewer, filter }) => ticket && audienceOf(ticket, viewer, filter?.filter?.status));
    },
  };
}

function audienceOf(ticket: ToyTicket, viewer: Viewer, status?: string[]) {
  const matches = !status || status.includes(ticket.status);
  if (ticket.onlyFor) {
    if (viewer.kind === 'CLASS') return { matches: false, perPerson: true };
    return ticket.onlyFor.includes(viewer.personId ?? '') ? { matches, perPerson: false } : null;
  }
  const sees = viewer.contacts.some(
    ({ id, scope, organizationId }) => id === ticket.requesterId || (scope === 'ORGANIZATION' && organizationId === ticket.organizationId),
  );
  return sees ? { matches, perPerson: false } : null;
}

export interface Happening {
  ticketId?: string;
  type?: string;
  audience?: Envelope['audience'];
  traceparent?: string | null;
}

/** Records an event without telling the bus. */
export function record(
  data: ToyData,
  { ticketId = 'tkt_1', type = 'REPLIED', audience = 'PUBLIC', traceparent = null }: Happening = {},
): Envelope {
  const position = data.stream.length + 1;
  const id = `evt_${data.epoch}_${position}`;
  data.events.set(id, { id, ticketId, type, position });
  const envelope: Envelope = {
    id,
    service: 'tickets',
    type: `ticket.${type.toLowerCase()}`,
    v: 1,
    aggregate: ticketId,
    version: position,
    position,
    epoch: data.epoch,
    at: new Date().toISOString(),
    actor: null,
    audience,
    requestId: `req_click_${position}`,
    traceparent,
    data: {},
  };
  data.stream.push(envelope);
  return envelope;
}

/** Tells the bus of events that are recorded. Watchers hear of them whatever the stream makes of the fence. */
export async function tell(bus: Bus, ...events: Envelope[]): Promise<void> {
  for (const event of events) await bus.publish(event.service, [event], { lastSequence: -1 });
}

/** Records an event and tells the bus. */
export async function happen({ data, bus }: { data: ToyData; bus: Bus }, happening?: Happening): Promise<Envelope> {
  const event = record(data, happening);
  await tell(bus, event);
  return event;
}
