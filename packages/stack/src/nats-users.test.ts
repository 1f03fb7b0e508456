import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '@atende/events';
import { JetStreamBus, makeLog } from '@atende/service/process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findNatsServer } from '../bootstrap/nats-server.mjs';
import { anyFreePort } from './free-port.ts';
import { natsProgram, natsUrl } from './nats.ts';
import { authorizationBlock, natsUsers } from './nats-users.ts';
import { endChild, startProgram } from './program.ts';
import { repositoryRoot } from './repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'atende-nats-'));
const buses: JetStreamBus[] = [];
let port: number;
let child: Awaited<ReturnType<typeof startProgram>>;
beforeAll(async () => {
  port = await anyFreePort();
  const authorization = authorizationBlock(natsUsers('toys', ['identity', 'tickets']), (user) => `"secret of ${user}"`);
  const files = { dataDir: folder, logFile: join(folder, 'nats.log'), binary: findNatsServer(repositoryRoot) ?? '' };
  child = await startProgram(natsProgram({ ...files, port, authorization }));
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await endChild(child, { stopSignal: 'SIGTERM', grace: 1_000 });
  rmSync(folder, { recursive: true });
});

function busOf(user: string, password = `secret of ${user}`): JetStreamBus {
  const credentials = user && `${user}:${encodeURIComponent(password)}`;
  const bus = new JetStreamBus({ url: natsUrl(port, credentials), prefix: 'toys', name: user, log: makeLog('test', 'silent') });
  buses.push(bus);
  return bus;
}
async function as(user: string): Promise<JetStreamBus> {
  const bus = busOf(user);
  await bus.connected();
  return bus;
}

const event = (position: number): Envelope => ({
  ...{
    id: `evt_${position}`,
    service: 'identity',
    type: 'group.saved',
    v: 1,
    aggregate: 'grp_1',
    version: position,
    position,
    epoch: 'one',
  },
  ...{ at: '2026-01-01T00:00:00.000Z', actor: null, audience: 'SYSTEM', requestId: null, traceparent: null, data: {} },
});

describe('on NATS', () => {
  it('a service speaks on its own stream, another reads it, the gateway hears it', async () => {
    const [identity, tickets, gateway] = await Promise.all([as('identity'), as('tickets'), as('gateway')]);
    expect(await identity.state('identity')).toMatchObject({ sequence: 0 });
    const listening = Promise.withResolvers<void>();
    const heard = new Promise<Envelope>((resolve) => gateway.watch('identity', resolve, listening.resolve));
    await listening.promise;
    expect(await identity.publish('identity', [event(1), event(2)], { lastSequence: 0 })).toBe('PUBLISHED');
    expect((await heard).id).toBe('evt_1');
    const stop = new AbortController();
    const read: string[] = [];
    await tickets.consume(
      'identity',
      'tickets',
      null,
      async (batch) => void (read.push(...batch.map(({ id }) => id)) > 1 && stop.abort()),
      stop.signal,
    );
    expect(read).toEqual(['evt_1', 'evt_2']);
  });

  it.each(['tickets', 'gateway'])('%s cannot speak as another service, nor throw its stream away', async (user) => {
    const bus = await as(user);
    await expect(bus.publish('identity', [event(3)], { lastId: 'evt_2' })).rejects.toThrow(/permission/i);
    await expect(bus.reset('identity')).rejects.toThrow(/permission/i);
    expect(await (await as('identity')).state('identity')).toMatchObject({ sequence: 2, last: { id: 'evt_2' } });
  });

  it('a service cannot take another’s place in a stream', async () => {
    const reading = (await as('tickets')).consume('identity', 'knowledge', null, async () => {}, AbortSignal.timeout(10_000));
    await expect(reading).rejects.toThrow(/permission/i);
  });

  it.each([
    ['nobody', ''],
    ['who does not know the password', 'identity'],
  ])('%s is not let in', async (_, user) => {
    const bus = busOf(user, 'guessed');
    const outcome = await Promise.race([bus.connected().then(() => 'in'), (await as('operator')).state('identity').then(() => 'out')]);
    expect(outcome).toBe('out');
    await expect(bus.state('identity')).rejects.toThrow('not connected');
  });
});
