import { setTimeout } from 'node:timers/promises';
import { demoId } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, it } from '@jest/globals';
import { startTickets } from '../testing-tickets.ts';
import { Deadline } from './deadline.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets(); // without jobs: nobody acts on a timer
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

async function metric(name: string, value: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${service.probesUrl}/metrics`)).text();
    if (text.includes(`\n${name} ${value}\n`)) return;
    await setTimeout(50);
  }
}

it('timers that have not acted are counted, and how long the oldest waits', async () => {
  const now = service.clock.now().getTime();
  const timers = [-90_000, -1_000, 60_000].map((ms, index) => ({
    ticketId: demoId('tkt', `overdue-${index}`),
    stay: 1,
    kind: 'EXPIRY' as const,
    dueAt: new Date(now + ms),
  }));
  await service.worker().insertMany(Deadline, timers);
  await metric('atende_timers_overdue', 2);
  await metric('atende_timers_overdue_seconds', 90);
  await service.worker().execute('delete from deadline');
  await metric('atende_timers_overdue', 0);
  await metric('atende_timers_overdue_seconds', 0);
});
