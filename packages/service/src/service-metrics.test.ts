import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { toys } from './testing/toy-service.ts';
import { until } from './testing/waiting.ts';
import { startTestService, type TestService } from './testing-service.ts';

let service: TestService;
beforeAll(async () => {
  const sweep = { name: 'sweep', everyMs: 60_000, run: async () => {} };
  const backlogs = [{ name: 'atende_boxes', help: 'Boxes', sql: 'select count(*) from box' }];
  service = await startTestService({ ...toys, jobs: [sweep], backlogs });
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const metrics = async (): Promise<string> => (await fetch(`${service.probesUrl}/metrics`)).text();

it('a service tells how full its pools are, what its jobs did, what piles up, and that it is ready', async () => {
  const text = await until(async () => {
    const told = await metrics();
    return told.includes('atende_boxes NaN') || told.includes('atende_boxes 0') ? null : told;
  });
  const [row] = await service.worker().execute<{ boxes: number }[]>('select count(*)::int as boxes from box');
  for (const line of [
    'atende_ready 1',
    `atende_boxes ${row?.boxes}`,
    'atende_events_unnumbered 0',
    'atende_events_parked 0',
    'atende_events_given_up 0',
    'atende_job_runs_total{name="sweep",outcome="DONE"} 1',
    'atende_database_connections{role="app",state="waiting"} 0',
    'atende_database_connections_most{role="worker"} 8',
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).toMatch(/^atende_database_connections\{role="worker",state="idle"\} [1-8]$/m);
});
