// One private PostgreSQL and one nats-server for the whole run. They live in a temporary folder and end with this
// process, also when it is killed: the watchdog holds a pipe to it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/embedded.ts';

export default async function setup() {
  if (globalThis.atendeEmbedded) return;
  const folder = mkdtempSync(join(tmpdir(), 'atende-test-'));
  const embedded = await startEmbedded({ folder, fsync: false });
  globalThis.atendeEmbedded = embedded;
  process.env.TEST_DATABASE_ADMIN_URL = embedded.adminUrl;
  process.env.TEST_NATS_URL = embedded.natsUrl;
}
