import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Probes, startProbes } from './probes.ts';
import { requestMetrics } from './request-metrics.ts';

let probes: Probes;
beforeEach(async () => {
  probes = await startProbes('127.0.0.1', 0);
});
afterEach(() => probes.close());

const get = (path: string) => fetch(`http://127.0.0.1:${probes.port}${path}`);
const statusOf = async (path: string) => (await get(path)).status;

describe('the probes', () => {
  it('say alive from the first moment, and ready only when it is so', async () => {
    expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 503]);
    probes.setReady(true);
    expect(await statusOf('/readyz?verbose')).toBe(200);
    probes.setReady(false);
    expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 503]);
  });

  it('serve metrics of the process and of its requests', async () => {
    const observe = requestMetrics(probes.registry);
    observe(0.004, 200);
    observe(3, 503);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('atende_request_seconds_bucket{le="0.005",status="200"} 1');
    expect(text).toContain('atende_request_seconds_count{status="503"} 1');
  });

  it('publish documents of the service, as they are when asked for', async () => {
    let keys = ['one'];
    probes.publish('/jwks.json', () => ({ keys }));
    keys = ['two'];
    const response = await get('/jwks.json');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ keys: ['two'] });
  });

  it('know nothing else', async () => {
    for (const path of ['/', '/graphql', '/toString', '/livez/..', '//livez']) expect(await statusOf(path)).toBe(404);
  });

  it('survive a document and a metric that fail', async () => {
    probes.publish('/broken', () => {
      throw new Error('no');
    });
    probes.registry.metrics = () => Promise.reject(new Error('no'));
    expect(await statusOf('/broken')).toBe(500);
    expect(await statusOf('/metrics')).toBe(500);
    expect(await statusOf('/livez')).toBe(200);
  });
});
