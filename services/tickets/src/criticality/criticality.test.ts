import { describe, expect, it } from '@jest/globals';
import { evaluate, option, seedForm } from '../form/form-testing.ts';
import { sameText } from '../form/form-text.ts';
import {
  businessStoppages,
  type CriticalityInput,
  criticalityInput,
  decideCriticality,
  decisionTableSchema,
  immediateAttentionOf,
  initialPriority,
  initialSeverity,
} from './criticality.ts';

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
const reason = sameText('Because');
const table = decisionTableSchema.parse([
  { id: 'both', when: { origin: ['PRODUCTION'], effect: ['DOWN', 'SLOW'] }, value: 'CRITICAL', reason },
  { id: 'one', when: { origin: ['PRODUCTION'] }, value: 'HIGH', reason },
  { id: 'custom', when: { inClientCustomization: [false] }, value: 'MEDIUM', reason },
  { id: 'last', when: {}, value: 'LOW', reason },
]);
const rule = (input: Partial<CriticalityInput>) => decideCriticality(table, { ...nothing, ...input }).rule;

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

  it('answers with the value, the row and its reason', () => {
    expect(decideCriticality(table, { ...nothing, origin: 'PRODUCTION' })).toEqual({
      value: 'HIGH',
      rule: 'one',
      reason,
      immediateAttention: null,
    });
  });

  it.each([
    ['no rows', [], 'Too small'],
    ['a last row that asks for something', table.slice(0, 2), 'the last row must match everything'],
    [
      'rows below one that matches everything',
      [...table, { ...table[0], id: 'x' }, { ...table.at(-1), id: 'y' }],
      'those after it never decide',
    ],
    ['two rows of one id', [table[1], ...table.slice(1)], 'two rows have the same id'],
    ['an unknown value', [{ ...table.at(-1), value: 'URGENT' }], 'Invalid option'],
    ['an unknown input', [{ id: 'x', when: { weather: ['RAIN'] }, value: 'LOW', reason }, table.at(-1)], 'Unrecognized key'],
    ['a condition on nothing', [{ id: 'x', when: { plan: [] }, value: 'LOW', reason }, table.at(-1)], 'Too small'],
  ])('is refused for %s', (_, rows, message) => {
    expect(decisionTableSchema.safeParse(rows).error?.message).toContain(message);
  });
});

describe('immediate attention', () => {
  const attention = (input: Partial<CriticalityInput>) => immediateAttentionOf({ ...nothing, ...input });

  it('is for invoicing or shipping at a standstill, with its reason', () => {
    expect(attention({ businessStoppage: 'INVOICING_STOPPED' })).toBe('INVOICING_STOPPED');
    expect(attention({ businessStoppage: 'SHIPPING_STOPPED', origin: 'PRODUCTION', environmentKind: 'PRODUCTION' })).toBe(
      'SHIPPING_STOPPED',
    );
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
    expect(initialSeverity({ value: severity, rule: 'x', reason, immediateAttention: null })).toBe(severity);
    expect(initialPriority(severity, null)).toBe(priority);
    expect(initialPriority(severity, 'NORMAL')).toBe('NORMAL');
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
      ...nothing,
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
