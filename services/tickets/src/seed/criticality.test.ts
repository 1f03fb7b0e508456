import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CriticalityInput, decideCriticality } from '../criticality/criticality.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedDecisionTable } from './criticality.ts';

const nothing: CriticalityInput = {
  category: null,
  origin: null,
  effect: null,
  impact: null,
  plan: null,
  environmentKind: null,
  businessStoppage: null,
  inClientCustomization: null,
};

// One ticket for every row, as a person would describe it; and what the row makes of it.
const tickets: [rule: string, value: string, input: Partial<CriticalityInput>][] = [
  ['customization-request', 'LOW', { category: 'IMPROVEMENT', origin: 'PRODUCTION', effect: 'SYSTEM_DOWN' }],
  ['own-customization', 'MEDIUM', { inClientCustomization: true, businessStoppage: 'INVOICING_STOPPED' }],
  ['not-production', 'MEDIUM', { environmentKind: 'TEST', effect: 'SYSTEM_DOWN' }],
  ['not-in-production-yet', 'MEDIUM', { origin: 'IMPLEMENTATION', effect: 'SYSTEM_DOWN' }],
  ['business-stopped', 'CRITICAL', { businessStoppage: 'SHIPPING_STOPPED', origin: 'PRODUCTION', effect: 'SLOWNESS' }],
  ['critical-activity-no-workaround', 'CRITICAL', { impact: 'CRITICAL_NO_WORKAROUND', plan: 'STANDARD' }],
  ['work-blocked', 'CRITICAL', { origin: 'PRODUCTION', effect: 'PAYROLL_STOPPED', environmentKind: 'PRODUCTION' }],
  ['prime-malfunction', 'HIGH', { impact: 'WORKAROUND', plan: 'PRIME' }],
  ['legal-or-wrong-result', 'HIGH', { origin: 'PRODUCTION', effect: 'LEGAL_OBLIGATION', category: 'SERVICE_QUESTION' }],
  ['malfunction', 'MEDIUM', { impact: 'NON_CRITICAL', plan: 'PRIME' }],
  ['question', 'LOW', { impact: 'QUESTION', plan: 'PRIME' }],
  ['nonconformity', 'MEDIUM', { category: 'NONCONFORMITY', origin: 'PRODUCTION', effect: 'PRESENTATION' }],
  ['otherwise', 'LOW', { category: 'SERVICE_QUESTION', origin: 'PRODUCTION', effect: 'NO_EFFECT' }],
];

describe('the decision table of the seed', () => {
  it('has a ticket for every row, in its order', () => {
    expect(tickets.map(([rule]) => rule)).toEqual(seedDecisionTable.map((row) => row.id));
  });

  it.each(tickets)('row %s makes it %s', (rule, value, input) => {
    expect(decideCriticality(seedDecisionTable, { ...nothing, ...input })).toMatchObject({ rule, value });
  });

  it('decides every ticket, the one that says nothing by its last row', () => {
    expect(decideCriticality(seedDecisionTable, nothing).rule).toBe('otherwise');
    const code = fc.option(fc.string());
    const input = fc.record({ category: code, origin: code, effect: code, impact: code });
    fc.assert(fc.property(input, (given) => expect(decideCriticality(seedDecisionTable, { ...nothing, ...given }).rule).toBeTruthy()));
  });

  it('asks only for codes that the catalogue has', () => {
    const codes = new Set(seedCatalogue.map((entry) => `${entry.level}:${entry.code}`));
    for (const { when } of seedDecisionTable) {
      for (const name of ['category', 'origin', 'effect', 'impact'] as const) {
        for (const code of when[name] ?? []) expect(codes).toContain(`${name.toUpperCase()}:${code}`);
      }
    }
  });
});
