import { expect, it } from '@jest/globals';
import { Histogram, Registry } from 'prom-client';
import { histogram } from './histogram.ts';

it('prints what prom-client’s own histogram prints', async () => {
  const described = { name: 'atende_boxes_seconds', help: 'How long "boxes"\ntake', buckets: [0.005, 0.1, 1] };
  const observed: [string, number, number][] = [
    ['pack', 200, 0.005],
    ['pack', 200, 0.0051],
    ['pack', 200, 99],
    ['un"pack\n', 500, 0],
    ['pack', 503, 0.1],
  ];
  const [own, theirs] = [new Registry(), new Registry()];
  const spread = histogram(own, { ...described, labelNames: ['what', 'status'] });
  const expected = new Histogram({ ...described, labelNames: ['what', 'status'], registers: [theirs] });
  expect(await own.metrics()).toBe(await theirs.metrics());
  for (const [what, status, seconds] of observed) {
    spread({ what, status }).observe(seconds);
    expected.observe({ what, status }, seconds);
  }
  expect(await own.metrics()).toBe(await theirs.metrics());
});

it('finds the spread of equal labels again, and needs none', async () => {
  const registry = new Registry();
  const spread = histogram(registry, { name: 'atende_toys_seconds', help: 'Toys', labelNames: [], buckets: [1] });
  expect(spread({})).toBe(spread({}));
  spread({}).observe(2);
  expect(await registry.metrics()).toContain('atende_toys_seconds_count 1\n');
});
