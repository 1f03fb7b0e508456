import { expect, it } from '@jest/globals';
import { waitUntil } from '../wait-until.ts';
import { signedIn, type Who } from './access.ts';
import { Listener } from './listener.ts';
import type { Matrix } from './matrix.ts';
import { absentLike } from './world.ts';

const EVENT =
  '{ __typename id type actor { __typename ... on Contact { id name } ... on Analyst { id name } } ticket { __typename id subject lastInteractionAt } }';
const ALL = `subscription ($after: String) { ticketsChanged(after: $after) ${EVENT} }`;
const ONE = `subscription ($id: ID!) { ticketChanged(ticketId: $id) ${EVENT} }`;
const say = (mutation: string): string =>
  `mutation ($input: TicketMessageInput!) { ${mutation}(input: $input) { ticket { id } errors { code } } }`;

type Frame = { data?: Record<string, { id: string; ticket: { id: string } } | null> };
const eventIn = (frame: unknown): { id: string; ticket: { id: string } } | null => Object.values((frame as Frame).data ?? {})[0] ?? null;

/** Every subscription × person × event that is their own, foreign, the ombudsman's, internal: what arrives, and how many frames. */
export function live(the: () => Matrix): void {
  it('pushes to nobody what is another’s, and no frame more tells of it', async () => {
    const { as, things, sightings, counts } = the();
    const ticket = (name: string): string => things.find((thing) => thing.name === `ticket ${name}`)?.id ?? '';
    const tickets = {
      bruno: ticket('BRUNO'),
      gisele: ticket('GISELE'),
      restricted: ticket('OUVIDORIA'),
      bound: ticket('EM-NOME'),
      absent: absentLike(ticket('BRUNO')),
    };
    const { ticket: before } = await as.gisele.get('query ($id: ID!) { ticket(id: $id) { liveCursor } }', { id: tickets.gisele });
    const people = signedIn as Exclude<Who, 'nobody'>[];
    const listeners = new Map(people.map((who) => [who, new Listener(as[who])]));
    for (const listener of listeners.values()) {
      listener.subscribe('all', ALL);
      for (const [name, id] of Object.entries(tickets)) listener.subscribe(name, ONE, { id });
    }
    await Promise.all([...listeners.values()].map((listener) => listener.roundTrip()));

    const happened: { ticketId: string; internal: boolean }[] = [];
    const happen = async (who: keyof typeof as, mutation: string, ticketId: string): Promise<void> => {
      await as[who].get(say(mutation), { input: { clientKey: `live-${happened.length}`, ticketId, body: 'Ao vivo' } });
      happened.push({ ticketId, internal: mutation === 'addInternalNote' });
    };
    await happen('gisele', 'replyToTicket', tickets.gisele);
    await happen('otavio', 'addInternalNote', tickets.restricted);
    await happen('bruno', 'replyToTicket', tickets.restricted);
    await happen('carla', 'addInternalNote', tickets.bruno);
    await happen('fabio', 'replyToTicket', tickets.bound);
    await happen('bruno', 'replyToTicket', tickets.bruno);

    const isStaff = (who: Who): boolean => the().standing(who).analystId !== null;
    const dueTo = (who: Who, ticketId: string | null): number =>
      happened.filter((event) => (ticketId ?? event.ticketId) === event.ticketId && the().sees(who, event.ticketId) && (!event.internal || isStaff(who))).length; // biome-ignore format: one sentence
    // Events come in order: once the last has come to who sees it, those before it have come to whom they should.
    await waitUntil(() => listeners.get('bruno')?.frames('all').length === dueTo('bruno', null), AbortSignal.timeout(10_000));
    await Promise.all([...listeners.values()].map((listener) => listener.roundTrip()));
    for (const who of people) listeners.get(who)?.subscribe('resumed', ALL, { after: before.liveCursor });
    const isResumed = (who: Who): boolean => (listeners.get(who as never)?.frames('resumed').length ?? 0) >= dueTo(who, null);
    await waitUntil(() => people.every(isResumed), AbortSignal.timeout(10_000));
    await Promise.all([...listeners.values()].map((listener) => listener.roundTrip()));

    const arrived: string[] = [];
    const due: string[] = [];
    for (const [who, listener] of listeners) {
      const watched: [string, string | null][] = [['all', null], ['resumed', null], ...Object.entries(tickets)]; // biome-ignore format: pairs
      for (const [name, ticketId] of watched) {
        const frames = listener.frames(name);
        counts.cases += happened.length;
        due.push(`${who} ${name}: ${dueTo(who, ticketId)}`);
        arrived.push(`${who} ${name}: ${frames.length}`);
        for (const frame of frames) {
          sightings.collect(who, `subscription ${name}`, (frame as Frame).data);
          const event = eventIn(frame);
          if (!event || !the().sees(who, event.ticket.id)) arrived.push(`${who} ${name}: ${JSON.stringify(frame)}`);
        }
      }
      await listener.close();
    }
    expect(arrived).toEqual(due);
  }, 240_000);
}
