import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identity } from '@atende/identity';
import { demoId } from '@atende/service/ids';
import { startTestService } from '@atende/service/testing';
import { expect, it } from '@jest/globals';
import { Secrets } from '../secrets.ts';
import { everythingFrom, gisele } from './second-wall.ts';

it('with application checks off, row-level security shows no organization or contact of another client', async () => {
  const keys = new Secrets(await mkdtemp(join(tmpdir(), 'atende-wall-')));
  await using service = await startTestService(identity, {
    environment: { ACCESS_KEY_FILE: keys.keyFile('access'), SEALING_KEY_FILE: keys.keyFile('sealing') },
    applicationChecks: false,
  });
  const ids = [demoId('org', 'ACME01'), demoId('con', 'ana@acme.example'), demoId('per', 'ana@acme.example'), demoId('org', 'GLBX01')];
  const text = await everythingFrom(service, 'identity', gisele, ids);
  for (const word of ['ACME Indústria', 'ana@acme.example', 'bruno@acme.example']) expect(text).not.toContain(word);
  expect(text).toContain('Globex Comércio');
}, 60_000);
