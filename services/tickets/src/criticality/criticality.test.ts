import { describe, expect, it } from '@jest/globals';
import { evaluate, option, seedForm } from '../form/form-testing.ts';
import { sameText } from '../form/form-text.ts';
import {
  barsOf,
  beginsAs,
  businessStoppages,
  type CriticalityInput,
  criticalityInput,
  decideCriticality,
  decisionRowsSchema,
  immediateAttentionOf,
  nothingSaid,
} from './criticality.ts';

const reason = sameText('Because');
const rows = decisionRowsSchema.parse([
  { id: 'both', when: { origin: ['PRODUCTION'], effect: ['DOWN', 'SLOW'] }, value: 'CRITICAL', reason },
  { id: 'one', when: { origin: ['PRODUCTION'] }, value: 'HIGH', reason },
  { id: 'custom', when: { inClientCustomization: [false] }, value: 'MEDIUM', reason },
  { id: 'last', when: {}, value: 'LOW', reason },
]);
const table = { edition: 7, rows };
const rule = (input: Partial<CriticalityInput>) => decideCriticality(table, { ...nothingSaid, ...input }).rule;

describe('the decision table', () => {
  it('is decided by its first row of which every condition holds', () => {
    expect(rule({ origin: 'PRODUCTION', effect: 'SLOW' })).toBe('both');
    expect(rule({ origin: 'PRODUCTION', effect: 'OTHER' })).toBe('one');
    expect(rule({ inClientCustomization: false })).toBe('custom');
  });

  it('takes a missing input for "any" and for nothing else', () => {
    expect(rule({ effect: 'DOWN' })).toBe('last');
    expect(rule({ origin: 'PRODUCTION' })).toBe('one');
    expect(rule({})).toBe('last');
  });

  it('answers with the value, the edition, the row and its reason', () => {
    expect(decideCriticality(table, { ...nothingSaid, origin: 'PRODUCTION' })).toEqual({
      value: 'HIGH',
      edition: 7,
      rule: 'one',
      reason,
      immediateAttention: null,
    });
  });

  it.each([
    ['no rows', []],
    ['an unknown value', [{ ...rows.at(-1), value: 'URGENT' }]],
    ['an unknown factor', [{ id: 'x', when: { weather: ['RAIN'] }, value: 'LOW', reason }]],
    ['a condition on nothing', [{ id: 'x', when: { plan: [] }, value: 'LOW', reason }]],
  ])('is never read with %s', (_, stored) => {
    expect(decisionRowsSchema.safeParse(stored).success).toBe(false);
  });
});

describe('immediate attention', () => {
  const attention = (input: Partial<CriticalityInput>) => immediateAttentionOf({ ...nothingSaid, ...input });

  it('is for invoicing or shipping at a standstill, with its reason', () => {
    expect(attention({ businessStoppage: 'INVOICING_STOPPED' })).toBe('INVOICING_STOPPED');
    expect(attention({ businessStoppage: 'SHIPPING_STOPPED', origin: 'PRODUCTION', environmentKind: 'PRODUCTION' })).toBe(
      'SHIPPING_STOPPED',
    );
  });

  it('says what bars it, whatever has stopped', () => {
    const barred = { origin: 'IMPLEMENTATION', environmentKind: 'TEST' as const, inClientCustomization: true };
    expect(barsOf({ ...nothingSaid, ...barred })).toEqual(['origin', 'environmentKind', 'inClientCustomization']);
    expect(barsOf({ ...nothingSaid, origin: 'PRODUCTION', environmentKind: 'PRODUCTION', inClientCustomization: false })).toEqual([]);
    expect(barsOf(nothingSaid)).toEqual([]);
  });

  it.each<[string, Partial<CriticalityInput>]>([
    ['a standstill of nothing', { businessStoppage: 'NONE' }],
    ['what nobody said', { businessStoppage: null }],
    ['an implementation', { businessStoppage: 'INVOICING_STOPPED', origin: 'IMPLEMENTATION' }],
    ['a homologation environment', { businessStoppage: 'INVOICING_STOPPED', environmentKind: 'HOMOLOGATION' }],
    ['a test environment', { businessStoppage: 'SHIPPING_STOPPED', environmentKind: 'TEST' }],
    ['the client’s own customization', { businessStoppage: 'SHIPPING_STOPPED', inClientCustomization: true }],
    ['a critical impact alone', { impact: 'CRITICAL_NO_WORKAROUND', effect: 'SYSTEM_DOWN', plan: 'PRIME' }],
  ])('is never for %s', (_, input) => {
    expect(attention(input)).toBeNull();
  });
});

describe('what starts from criticality', () => {
  it.each([
    ['LOW', 'LOW'],
    ['MEDIUM', 'NORMAL'],
    ['HIGH', 'HIGH'],
    ['CRITICAL', 'URGENT'],
  ] as const)('severity %s gives priority %s, unless another was asked for', (severity, priority) => {
    expect(beginsAs(severity, null)).toEqual({ severity, priority });
    expect(beginsAs(severity, 'NORMAL')).toEqual({ severity, priority: 'NORMAL' });
  });

  it('is read from the answers of a ticket', async () => {
    const { canonical } = await evaluate(seedForm('software.rm'), {
      origin: option('origin:PRODUCTION'),
      effect: option('erp/rm/effect:SYSTEM_DOWN'),
      environment: option('erp/rm/environment:homologation'),
      businessStoppage: option('business-stoppage:INVOICING_STOPPED'),
      inClientCustomization: false,
    });
    expect(criticalityInput(canonical, 'PRIME')).toEqual({
      ...nothingSaid,
      origin: 'PRODUCTION',
      effect: 'SYSTEM_DOWN',
      plan: 'PRIME',
      environmentKind: 'HOMOLOGATION',
      businessStoppage: 'INVOICING_STOPPED',
      inClientCustomization: false,
    });
    expect(criticalityInput({ ...canonical, businessStoppage: 'A_LATER_CODE' }, null).businessStoppage).toBeNull();
    expect(businessStoppages).toEqual(['NONE', 'INVOICING_STOPPED', 'SHIPPING_STOPPED']);
  });
});
