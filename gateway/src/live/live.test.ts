import { encodeCursor } from '@atende/service/process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connect, disconnectAll, type Frame, next, standing, watch } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen, record, tell } from '../testing/toy-live.ts';
import { ANA, BRUNO, GISELE, owning } from '../testing/toy-persons.ts';

let house: ToyHouse;
beforeAll(async () => {
  // The feed is read only where the bus gives reason to.
  house = await startToyHouse({ readFeedsEvery: 3_600_000 });
});
afterAll(() => house.stop());
beforeEach(() => {
  house.tickets.calls.length = 0;
});
afterEach(async () => {
  house.tickets.mood = 'well';
  await disconnectAll();
});

const ONE =
  'subscription One($id: ID!, $after: String) { ticketChanged(ticketId: $id, after: $after) { matches type cursor ticket { number requester { name } } } }';
const ALL =
  'subscription All($filter: TicketFilter, $after: String) { ticketsChanged(filter: $filter, after: $after) { matches type cursor } }';

const typeOf = (frame: Frame) => Object.values(frame.data ?? {}).map((event) => (event as { type: string }).type)[0];

describe('an event on a socket', () => {
  test('carries fields of several services', async () => {
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1' });
    const { position } = await happen(house, { type: 'SOLVED' });
    expect(await next(frames)).toEqual({
      data: {
        ticketChanged: {
          matches: true,
          type: 'SOLVED',
          cursor: encodeCursor({ epoch: 'e1', position }),
          ticket: { number: '1', requester: { name: 'ana' } },
        },
      },
      extensions: { cost: expect.any(Number), requestId: `req_click_${position}` },
    });
  });

  test('is asked about once and executed once for all who are equal', async () => {
    const watchers = await Promise.all([ANA, BRUNO, BRUNO].map((viewer) => watch(house, viewer, ALL, {})));
    house.tickets.calls.length = 0;
    await happen(house);
    const frames = await Promise.all(watchers.map(next));
    expect(new Set(frames.map((frame) => JSON.stringify(frame))).size).toBe(1);
    const asked = house.tickets.calls.filter((call) => !call.includes('_events'));
    expect(asked).toEqual([expect.stringContaining('_ticketEventAudience'), expect.stringContaining('_entities')]);
    expect(house.tickets.viewers.at(-1)).toMatchObject({
      kind: 'CLASS',
      personId: null,
      sessionId: null,
      contacts: [{ id: '', organizationId: 'org_acme' }],
    });
  });

  test('goes only to those who may see it, and matches what each one watches', async () => {
    const all = await watch(house, ANA, ALL, {});
    const closed = await watch(house, ANA, ALL, { filter: { status: ['CLOSED'] } });
    const foreign = await watch(house, GISELE, ALL, {});
    await happen(house, { ticketId: 'tkt_1', type: 'FIRST' });
    await happen(house, { ticketId: 'tkt_4', type: 'SECOND' });
    expect(await next(all)).toMatchObject({ data: { ticketsChanged: { type: 'FIRST', matches: true } } });
    expect(await next(closed)).toMatchObject({ data: { ticketsChanged: { type: 'FIRST', matches: false } } });
    expect(typeOf(await next(foreign))).toBe('SECOND');
  });

  test('of a foreign ticket is as silent as that of an absent one', async () => {
    const connected = connect(house.gateway, await house.signIn(ANA));
    const seen: string[] = [];
    const own = Promise.withResolvers<void>();
    const listen = (name: string, id: string, got: () => void) =>
      connected.client.subscribe(
        { query: ONE, variables: { id } },
        { next: () => got(), error: () => seen.push(`${name} failed`), complete: () => seen.push(`${name} ended`) },
      );
    listen('foreign', 'tkt_4', () => seen.push('foreign'));
    listen('absent', 'tkt_none', () => seen.push('absent'));
    listen('own', 'tkt_1', () => own.resolve());
    await standing(connected);
    await happen(house, { ticketId: 'tkt_4' });
    await happen(house, { ticketId: 'tkt_1' });
    await own.promise; // frames of one socket come in the order of the events
    expect(seen).toEqual([]);
  });

  test('a person who sees only their own is a class of one', async () => {
    const ana = await watch(house, owning(ANA), ALL, {});
    const bruno = await watch(house, owning(BRUNO), ALL, {});
    await happen(house, { ticketId: 'tkt_1', type: 'FOR_ANA' });
    await happen(house, { ticketId: 'tkt_2', type: 'FOR_BRUNO' });
    expect([typeOf(await next(ana)), typeOf(await next(bruno))]).toEqual(['FOR_ANA', 'FOR_BRUNO']);
  });

  test('a field that depends on the person puts the person into the group', async () => {
    const query = 'subscription { ticketsChanged { ticket { allowedActions } } }';
    const watchers = await Promise.all([ANA, BRUNO].map((viewer) => watch(house, viewer, query)));
    await happen(house);
    const actions = (await Promise.all(watchers.map(next))).map(({ data }) => data);
    expect(actions).toEqual([
      { ticketsChanged: { ticket: { allowedActions: ['by per_ana'] } } },
      { ticketsChanged: { ticket: { allowedActions: ['by per_bruno'] } } },
    ]);
  });

  test('that only some persons of a class may see is asked about for each of them', async () => {
    const ticket = house.data.tickets.get('tkt_3');
    Object.assign(ticket ?? {}, { onlyFor: ['per_bruno'] });
    const [ana, bruno] = [await watch(house, ANA, ALL, {}), await watch(house, BRUNO, ALL, {})];
    await happen(house, { ticketId: 'tkt_3', type: 'SECRET' });
    await happen(house, { ticketId: 'tkt_1', type: 'OPEN' });
    expect([typeOf(await next(bruno)), typeOf(await next(ana))]).toEqual(['SECRET', 'OPEN']);
    Object.assign(ticket ?? {}, { onlyFor: undefined });
  });

  test('for services only reaches nobody', async () => {
    const frames = await watch(house, ANA, ALL, {});
    await happen(house, { type: 'INTERNAL_AFFAIR', audience: 'SYSTEM' });
    await happen(house, { type: 'NEXT' });
    expect(typeOf(await next(frames))).toBe('NEXT');
  });

  test('carries the id of the request that caused it to every service', async () => {
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1' });
    const { requestId } = await happen(house);
    await next(frames);
    for (const { headers } of [house.tickets, house.identity]) expect(headers.map((sent) => sent['x-request-id'])).toContain(requestId);
  });
});

describe('order and gaps', () => {
  test('what the bus left out is read from the feed, in order', async () => {
    const frames = await watch(house, ANA, ALL, {});
    record(house.data, { type: 'A' });
    record(house.data, { type: 'B' });
    await happen(house, { type: 'C' });
    expect([typeOf(await next(frames)), typeOf(await next(frames)), typeOf(await next(frames))]).toEqual(['A', 'B', 'C']);
  });

  test('what the bus says twice comes once', async () => {
    const frames = await watch(house, ANA, ALL, {});
    const twice = await happen(house, { type: 'TWICE' });
    await tell(house.bus, twice, twice);
    await happen(house, { type: 'AFTER' });
    expect([typeOf(await next(frames)), typeOf(await next(frames))]).toEqual(['TWICE', 'AFTER']);
  });

  test('an event waits for its owner rather than being lost', async () => {
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1' });
    const tried = Promise.withResolvers<void>();
    house.tickets.onSpoiled = tried.resolve;
    house.tickets.mood = 'fails';
    await happen(house, { type: 'PATIENT' });
    await tried.promise;
    house.tickets.mood = 'well';
    expect(typeOf(await next(frames))).toBe('PATIENT');
  });

  test('another service that is down costs its fields, not the frame', async () => {
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1' });
    house.identity.mood = 'fails';
    await happen(house, { type: 'LESS' });
    expect(await next(frames)).toMatchObject({
      data: { ticketChanged: { type: 'LESS', ticket: { number: '1', requester: null } } },
      errors: [{ path: ['ticketChanged', 'ticket', 'requester'], extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }],
    });
    house.identity.mood = 'well';
  });

  test('a filter that the owner cannot follow is refused when the subscription begins', async () => {
    const good = await watch(house, ANA, ALL, {});
    const bad = await Promise.all([ANA, BRUNO].map((viewer) => watch(house, viewer, ALL, { filter: { text: 'anything' } })));
    for (const frames of bad)
      await expect(next(frames)).rejects.toMatchObject([{ message: 'text cannot be watched', extensions: { code: 'BAD_USER_INPUT' } }]);
    await happen(house, { type: 'GOOD' });
    expect(typeOf(await next(good))).toBe('GOOD');
  });

  test('a filter that cannot be asked about is followed until an event tells', async () => {
    house.tickets.mood = 'fails';
    const [bad, good] = [
      await watch(house, ANA, ALL, { filter: { text: 'anything' } }),
      await watch(house, ANA, ALL, { filter: { status: ['OPEN'] } }),
    ];
    house.tickets.mood = 'well';
    await happen(house, { type: 'GOOD' });
    expect(typeOf(await next(good))).toBe('GOOD');
    await expect(next(bad)).rejects.toMatchObject([{ message: 'text cannot be watched', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a defect of the owner ends whom it strikes rather than leaving them in silence', async () => {
    const [struck, good] = [await watch(house, ANA, ALL, { filter: { text: 'defect' } }), await watch(house, ANA, ALL, {})];
    await happen(house, { type: 'GOOD' });
    expect(typeOf(await next(good))).toBe('GOOD');
    await expect(next(struck)).rejects.toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  });
});

describe('a new epoch', () => {
  test('a restored store ends what is watched, and a new subscription goes on', async () => {
    const frames = await watch(house, ANA, ALL, {});
    Object.assign(house.data, { epoch: 'e2', stream: [] });
    await happen(house, { type: 'RESTORED' });
    await expect(next(frames)).rejects.toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
    const again = await watch(house, ANA, ALL, {});
    await happen(house, { type: 'AGAIN' });
    expect(typeOf(await next(again))).toBe('AGAIN');
  });
});
