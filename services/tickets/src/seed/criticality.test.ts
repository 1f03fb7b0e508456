import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { businessStoppages, type CriticalityInput, decideCriticality, missedBy, nothingSaid } from '../criticality/criticality.ts';
import { tableFaults } from '../criticality/decision-faults.ts';
import { factsReaching } from '../criticality/decision-reach.ts';
import { plans } from '../form/form-condition.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedDecisionTable as rows } from './criticality.ts';

const table = { edition: 1, rows };

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
    expect(tickets.map(([rule]) => rule)).toEqual(rows.map((row) => row.id));
  });

  it.each(tickets)('row %s makes it %s', (rule, value, input) => {
    expect(decideCriticality(table, { ...nothingSaid, ...input })).toMatchObject({ rule, value });
  });

  it.each(rows.map(({ id, value }, index) => [id, value, index] as const))(
    'row %s decides on the facts that reach it',
    (rule, value, index) => {
      expect(decideCriticality(table, factsReaching(rows, index) as CriticalityInput)).toMatchObject({ rule, value });
    },
  );

  it('decides every ticket, the one that says nothing by its last row', () => {
    expect(decideCriticality(table, nothingSaid).rule).toBe('otherwise');
    const codesOf = (level: string) =>
      fc.option(fc.constantFrom(...seedCatalogue.filter((entry) => entry.level === level).map(({ code }) => code)));
    const input = fc.record({
      ...{ category: codesOf('CATEGORY'), origin: codesOf('ORIGIN'), effect: codesOf('EFFECT'), impact: codesOf('IMPACT') },
      plan: fc.option(fc.constantFrom(...plans)),
      environmentKind: fc.option(fc.constantFrom('PRODUCTION' as const, 'HOMOLOGATION' as const, 'TEST' as const)),
      businessStoppage: fc.option(fc.constantFrom(...businessStoppages)),
      inClientCustomization: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(input, (given) => {
        const { rule } = decideCriticality(table, given);
        expect(rows.map(({ id }) => id)).toContain(rule);
        expect(missedBy(rows.at(-1)?.when ?? {}, given)).toEqual([]);
      }),
    );
  });

  it('would be taken from a supervisor: codes of the catalogue, no row in vain, the last for everything', () => {
    const codes = new Set(seedCatalogue.map((entry) => `${entry.level} ${entry.code}`));
    expect(tableFaults(rows, (list, code) => codes.has(`${list} ${code}`))).toEqual([]);
  });
});
