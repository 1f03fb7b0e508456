import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobsOf } from './host.ts';
import { canonicalJson, forgetClientKeys, Idempotency } from './idempotency.ts';
import { makeLog } from './log.ts';
import { Box } from './testing/toy.ts';
import { ana, bruno } from './testing/toy-people.ts';
import { toys } from './testing/toy-service.ts';
import { startTestService, type TestService } from './testing-service.ts';
import type { Viewer } from './viewer.ts';

const HOUR = 3_600_000; // ms
const PACK = 'mutation ($input: PackBoxInput!) { packBox(input: $input) { box { id label } errors { code field } } }';

// Fewer connections than callers: whoever waits for a key must not keep the one who holds it from ending.
let service: TestService;
beforeAll(async () => {
  service = await startTestService(toys, { demo: false, environment: { DATABASE_POOL: '4' } });
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const pack = (viewer: Viewer, clientKey: string, label = 'a box') => service.ask(viewer, PACK, { input: { clientKey, label } });
const boxes = (label: string) => service.worker().count(Box, { label });

describe('a creating mutation with a clientKey', () => {
  it('creates once, however many call at once, and answers all of them alike', async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, () => pack(ana, 'at once', 'sixty-four')));
    const ids = new Set(answers.map(({ data, errors }) => (errors ? JSON.stringify(errors) : data.packBox.box.id)));
    expect([...ids]).toEqual([expect.stringMatching(/^box_/)]);
    expect(await boxes('sixty-four')).toBe(1);
  }, 30_000);

  it('answers a repeat with the object as it is now', async () => {
    const first = await pack(ana, 'repeat', 'before');
    const { id } = first.data.packBox.box;
    await service.worker().nativeUpdate(Box, { id }, { label: 'after' });
    expect((await pack(ana, 'repeat', 'before')).data.packBox.box).toEqual({ id, label: 'after' });
  });

  it('refuses another input under the same key', async () => {
    await pack(ana, 'taken', 'one');
    const answer = await pack(ana, 'taken', 'another');
    expect(answer.errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(await boxes('another')).toBe(0);
  });

  it('keeps no key of a refused input: mended, it goes through', async () => {
    expect((await pack(ana, 'mended', '')).data.packBox.errors).toHaveLength(2);
    expect((await pack(ana, 'mended', 'mended')).data.packBox.box.label).toBe('mended');
  });

  it('knows a key by person: two may use the same', async () => {
    const [one, other] = [await pack(ana, 'shared', 'ours'), await pack(bruno, 'shared', 'ours')];
    expect(one.data.packBox.box.id).not.toBe(other.data.packBox.box.id);
  });

  it.each([
    ['', 'REQUIRED'],
    ['   ', 'REQUIRED'],
    ['k'.repeat(201), 'TOO_LONG'],
  ])('asks for a key that can be one (%#)', async (clientKey, code) => {
    expect((await pack(ana, clientKey)).data.packBox).toEqual({ box: null, errors: [{ code, field: ['input', 'clientKey'] }] });
  });

  it('takes any text of up to 200 letters as a key', async () => {
    for (const key of ['k'.repeat(200), "'; drop table box; --", 'chave ção 🧸', '{}', '\\']) {
      const id = (await pack(ana, key)).data.packBox.box.id;
      expect((await pack(ana, key)).data.packBox.box.id).toBe(id);
    }
  });

  it('is for persons: a class of a live group has nobody to keep a key for', async () => {
    const answer = await pack({ ...ana, kind: 'CLASS', personId: null }, 'class');
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('keys', () => {
  const forget = (clock = service.clock) =>
    forgetClientKeys.run({ em: service.worker(), clock, log: makeLog('toys', 'silent'), deps: undefined });

  it('are kept a day and forgotten after it', async () => {
    const { id } = (await pack(ana, 'a day', 'a day')).data.packBox.box;
    service.clock.advance(24 * HOUR);
    await forget();
    expect((await pack(ana, 'a day', 'a day')).data.packBox.box.id).toBe(id);
    service.clock.advance(2 * HOUR);
    await forget();
    expect(await service.worker().count(Idempotency)).toBe(0);
    expect((await pack(ana, 'a day', 'a day')).data.packBox.box.id).not.toBe(id);
  });

  it('are forgotten by a job of every service', () => {
    expect(jobsOf(toys as never)).toContain(forgetClientKeys);
  });
});

describe('an input', () => {
  it('is the same whatever the order of its keys, and another with any other value', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { f: 2, e: 3 }], c: null } })).toBe(
      canonicalJson({ a: { c: null, d: [1, { e: 3, f: 2 }] }, b: 1 }),
    );
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson({ a: new Date(0) })).toBe('{"a":"1970-01-01T00:00:00.000Z"}');
  });
});
