import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { makeContext, type ReferenceLoader } from './context.ts';
import { makeLog } from './log.ts';
import { addressOf, requestIdOf, traceparentOf } from './request-headers.ts';
import { ana, gisele } from './testing/toy-people.ts';
import { makeTestClock } from './testing-clock.ts';

function build(loaders: Record<string, ReferenceLoader> = {}) {
  const lines: string[] = [];
  const context = makeContext({
    service: 'toys',
    viewer: ana,
    language: 'en',
    requestId: 'req_12345678',
    traceparent: null,
    address: null,
    deps: {},
    trail: { note: () => {} },
    log: makeLog('toys', 'info', { write: (line) => void lines.push(line) }),
    clock: makeTestClock(),
    loaders,
    forViewer: (viewer) => ({ of: viewer.personId }) as never,
  });
  return { context, lines };
}

describe('the context of a request', () => {
  it('has one moment, however long the request takes', () => {
    const clock = makeTestClock();
    const context = makeContext({ ...build().context, clock, loaders: {}, forViewer: () => ({}) as never, trail: { note: () => {} } });
    clock.advance(5_000);
    expect(context.now.toISOString()).toBe('2026-03-02T12:00:00.000Z');
  });

  it('loads by id in one batch, each id once, in the order asked; what is absent is null', async () => {
    const batches: string[][] = [];
    const { context } = build({
      Box: async (_, ids) => {
        batches.push(ids);
        return ids
          .filter((id) => id !== 'absent')
          .map((id) => ({ id }))
          .toReversed();
      },
    });
    const loaded = await Promise.all(['b', 'a', 'absent', 'b'].map((id) => context.load('Box', id)));
    expect(loaded).toEqual([{ id: 'b' }, { id: 'a' }, null, { id: 'b' }]);
    expect(batches).toEqual([['b', 'a', 'absent']]);
  });

  it('has no loader for what the service does not load', () => {
    expect(() => build().context.load('Nothing', 'x')).toThrow('no reference loader for Nothing');
  });

  it('becomes somebody’s: what was loaded before is asked again with their rights, through copies of it too', async () => {
    const { context } = build({ Box: async ({ em }, [id = '']) => [{ id, seenBy: (em as unknown as { of: string }).of }] });
    const copy = Object.assign(Object.create(Object.getPrototypeOf(context)), context) as typeof context; // as Apollo does
    expect(await copy.load('Box', 'a')).toEqual({ id: 'a', seenBy: 'per_ana' });
    copy.become(gisele);
    expect(copy.viewer).toBe(gisele);
    expect(context.viewer).toBe(gisele);
    expect(await copy.load('Box', 'a')).toEqual({ id: 'a', seenBy: 'per_gisele' });
  });

  it('logs with the id of the request', () => {
    const { context, lines } = build();
    context.log.info('told');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'req_12345678', msg: 'told' });
  });
});

describe('what a gateway sends along', () => {
  const request = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;
  const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  it('is taken as it is where it has its form', () => {
    expect(requestIdOf(request({ 'x-request-id': 'req_12345678' }))).toBe('req_12345678');
    expect(traceparentOf(request({ traceparent: trace }))).toBe(trace);
    expect(addressOf(request({ 'x-client-address': '2001:db8::1' }))).toBe('2001:db8::1');
  });

  it('is not taken in any other form', () => {
    expect(requestIdOf(request({ 'x-request-id': 'a\nb' }))).toMatch(/^req_/);
    expect(requestIdOf(request({}))).not.toBe(requestIdOf(request({})));
    expect(traceparentOf(request({ traceparent: `${trace}\n{}` }))).toBeNull();
    expect(traceparentOf(request({}))).toBeNull();
    expect(addressOf(request({ 'x-client-address': 'localhost; drop' }))).toBeNull();
    expect(addressOf(request({}))).toBeNull();
  });
});
