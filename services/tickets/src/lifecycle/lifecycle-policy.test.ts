import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { seedLifecycle } from '../seed/lifecycle.ts';
import { durationOf, type LifecycleRule, lifecycleSchema, patienceBy } from './lifecycle-policy.ts';
import { usualPatience } from './ticket-status.ts';

const DAY = 86_400_000; // ms
const acme = demoId('org', 'ACME01');
const rule = (changes: Partial<LifecycleRule>): LifecycleRule => ({
  id: 'rule',
  when: {},
  pending: 'P7D',
  customerValidation: 'P5D',
  resolved: 'P5D',
  reminder: 'P1D',
  ...changes,
});
const facts = { requestType: 'software.rm', organizationId: acme, plan: 'PRIME' as const };

describe('a duration', () => {
  it.each([
    ['P7D', 7 * DAY],
    ['P1W', 7 * DAY],
    ['P1DT12H', 1.5 * DAY],
    ['PT90M', 5_400_000],
    ['P1WT1H1M', 7 * DAY + 3_660_000],
  ])('%s is %i ms', (iso, ms) => {
    expect(durationOf(iso)).toBe(ms);
  });

  it.each(['', 'P', 'PT', 'P0D', '7D', 'P-7D', 'P1Y', 'P1M', 'P1.5D', 'P7DT', 'PT1H30', 'p7d'])('%j is none', (iso) => {
    expect(durationOf(iso)).toBeNull();
  });
});

describe('how long a ticket waits', () => {
  it('is 7, 5 and 5 days in a new installation, reminded of a day before', () => {
    expect(patienceBy(lifecycleSchema.parse(seedLifecycle), facts)).toEqual(usualPatience);
  });

  it.each([
    ['request type', { requestType: ['software.rm'] }, { requestType: 'software.wms' }],
    ['plan', { plan: ['PRIME' as const] }, { plan: 'STANDARD' as const }],
    ['organization', { organizationId: [acme] }, { organizationId: demoId('org', 'GLBX01') }],
  ])('can differ by %s', (_, when, others) => {
    const rules = [rule({ when, pending: 'P2D' }), rule({})];
    expect(patienceBy(rules, facts).PENDING).toBe(2 * DAY);
    expect(patienceBy(rules, { ...facts, ...others }).PENDING).toBe(7 * DAY);
  });

  it('follows the most specific rule', () => {
    const rules = [
      rule({ when: { plan: ['PRIME'] }, resolved: 'P3D' }),
      rule({ when: { plan: ['PRIME'], organizationId: [acme] }, resolved: 'P4D' }),
      rule({}),
    ];
    expect(patienceBy(rules, facts).RESOLVED).toBe(4 * DAY);
  });

  it('follows no rule about a plan when the plan is not known', () => {
    expect(patienceBy([rule({ when: { plan: ['PRIME'] }, pending: 'P2D' }), rule({})], { ...facts, plan: null }).PENDING).toBe(7 * DAY);
  });

  it('must be said for every ticket, in durations that are some', () => {
    expect(lifecycleSchema.safeParse([rule({ when: { plan: ['PRIME'] } })]).success).toBe(false);
    expect(lifecycleSchema.safeParse([]).success).toBe(false);
    expect(lifecycleSchema.safeParse([rule({ pending: 'seven days' })]).success).toBe(false);
    expect(lifecycleSchema.safeParse([rule({ unknown: true } as never)]).success).toBe(false);
  });
});
