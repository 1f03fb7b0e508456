import { encodeCursor } from '@atende/service/process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Gateway } from '../gateway.ts';
import { connect } from '../testing/toy-client.ts';
import { EventReader } from '../testing/toy-events.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';

let house: ToyHouse;
let token: string;
let isOver = false;
beforeAll(async () => {
  house = await startToyHouse();
  token = await house.signIn();
});
afterAll(() => {
  isOver = true;
  return house.stop();
});

const SOCKETS = 12;
const STREAMS = 8; // and as many streams that are reserved first
const ALL = 'subscription All($after: String) { ticketsChanged(after: $after) { type cursor } }';
const LAST = 'LAST';

interface Event {
  type: string;
  cursor: string;
}

/** Somebody who watches, and comes back after the last event wherever there is a gateway, until the last one is heard. */
class Follower {
  readonly heard: string[] = [];
  /** What each gateway said when it sent them away. */
  readonly farewells: unknown[] = [];
  cursor: string;

  constructor(cursor: string) {
    this.cursor = cursor;
  }

  hear({ type, cursor }: Event): void {
    this.cursor = cursor;
    this.heard.push(type);
    if (type === newest.type) newest.heard.resolve();
  }

  get isDone(): boolean {
    return this.heard.at(-1) === LAST;
  }

  async follow(visit: (gateway: Gateway, follower: Follower) => Promise<void>): Promise<void> {
    while (!this.isDone && !isOver) {
      const gateway = alive[Math.floor(Math.random() * alive.length)];
      if (gateway) await visit(gateway, this).catch(() => undefined); // one that went in this moment
    }
  }
}

let newest = { type: '', heard: Promise.withResolvers<void>() };
const alive: Gateway[] = [];

async function bySocket(gateway: Gateway, follower: Follower): Promise<void> {
  const { client, closed, opened } = connect(gateway, token);
  let isOpen = false;
  void opened.then(() => {
    isOpen = true;
  });
  const ended = new Promise<void>((resolve) =>
    client.subscribe<{ ticketsChanged: Event }>(
      { query: ALL, variables: { after: follower.cursor } },
      {
        next({ data }) {
          if (data) follower.hear(data.ticketsChanged);
          if (follower.isDone) resolve();
        },
        error: () => resolve(),
        complete: () => resolve(),
      },
    ),
  );
  await ended;
  if (isOpen && !follower.isDone) follower.farewells.push(await closed);
  await client.dispose();
}

const headersOf = (follower: Follower) => ({
  authorization: token,
  'content-type': 'application/json',
  'last-event-id': follower.cursor,
});

async function byStream(gateway: Gateway, follower: Follower): Promise<void> {
  const reader = await EventReader.open(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: headersOf(follower),
    body: JSON.stringify({ query: ALL }),
  });
  await read(reader, follower, (data) => data as Payload);
}

async function byReservation(gateway: Gateway, follower: Follower): Promise<void> {
  const url = `${gateway.url}/graphql`;
  const reserved = await (await fetch(url, { method: 'PUT', headers: { authorization: token } })).text();
  const headers = { ...headersOf(follower), 'x-graphql-event-stream-token': reserved };
  const reader = await EventReader.open(url, { headers: { 'x-graphql-event-stream-token': reserved } });
  await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: ALL, extensions: { operationId: 'a' } }) });
  await read(reader, follower, (data) => (data as { payload: Payload }).payload);
}

type Payload = { data?: { ticketsChanged: Event } };

async function read(reader: EventReader, follower: Follower, payloadOf: (data: unknown) => Payload): Promise<void> {
  if (!reader.response.ok) return reader.close(); // it came in the moment between
  for (let event = await reader.next(); event; event = await reader.next()) {
    const { data } = payloadOf(JSON.parse(event.data));
    if (event.event !== 'next' || !data) return void follower.farewells.push(event);
    follower.hear(data.ticketsChanged);
    expect(reader.lastEventId).toBe(data.ticketsChanged.cursor);
    if (follower.isDone) return reader.close();
  }
  follower.farewells.push(reader.retry === null ? 'no word' : 'retry');
}

test('gateways that restart one after the other lose, double and reorder nothing for anybody', async () => {
  alive.push(await house.another(), await house.another());
  const { position, epoch } = await happen(house, { type: 'FIRST' });
  const build = (count: number) => Array.from({ length: count }, () => new Follower(encodeCursor({ position, epoch })));
  const [sockets, streams, reserved] = [build(SOCKETS), build(STREAMS), build(STREAMS)];
  const following = [
    ...sockets.map((follower) => follower.follow(bySocket)),
    ...streams.map((follower) => follower.follow(byStream)),
    ...reserved.map((follower) => follower.follow(byReservation)),
  ];

  const told: string[] = [];
  let isRolling = true;
  const telling = (async () => {
    while (isRolling) {
      const type = `E${told.length}`;
      newest = { type, heard: Promise.withResolvers<void>() };
      told.push(type);
      await happen(house, { type });
      await newest.heard.promise; // by somebody: the next one finds the others under way
    }
    told.push(LAST);
    await happen(house, { type: LAST });
  })();
  for (let turn = 0; turn < 3; turn += 1) {
    const [leaving] = alive.splice(0, 1);
    await leaving?.stop();
    alive.push(await house.another());
  }
  isRolling = false;
  await Promise.all([telling, ...following]);

  for (const { heard } of [...sockets, ...streams, ...reserved]) expect(heard).toEqual(told);
  const said = (followers: Follower[]) => [...new Set(followers.flatMap(({ farewells }) => farewells.map((one) => JSON.stringify(one))))];
  expect(said(sockets)).toEqual(['[1012,"restarting: resume with your last cursor"]']);
  expect(said([...streams, ...reserved])).toEqual(['"retry"']);
  await Promise.all(alive.splice(0).map((gateway) => gateway.stop()));
}, 60_000); // five gateways start and end in it
