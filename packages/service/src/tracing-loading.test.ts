import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { schemaOf } from './host.ts';
import { startToys, toyEnvironment } from './testing/toy-process.ts';
import { toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';

// In a process of its own: only there can be seen what is loaded.

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(schemaOf(toys as never));
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

async function loadedWith(environment: Record<string, string>): Promise<unknown> {
  const hook = `--import ${new URL('testing/loaded.mjs', import.meta.url)}`;
  const process = startToys({ ...toyEnvironment(database), NODE_OPTIONS: hook, ...environment });
  await process.says('ready', 'url');
  process.child.kill('SIGTERM');
  expect(await process.ended).toMatchObject({ code: 0, stderr: '' });
  return (await process.says('loaded')).packages;
}

// The metrics library brings the interface along, whatever anybody configures: types and no-ops.
const ALWAYS = ['@opentelemetry/api'];

test('nothing of OpenTelemetry is loaded by a process that sends no traces', async () => {
  expect(await loadedWith({})).toEqual(ALWAYS);
  expect(await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' })).toEqual(ALWAYS);
}, 60_000);

test('a process that sends traces loads it', async () => {
  const packages = await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  expect(packages).toEqual(expect.arrayContaining(['@opentelemetry/sdk-trace-node', '@opentelemetry/exporter-trace-otlp-http']));
}, 60_000);
