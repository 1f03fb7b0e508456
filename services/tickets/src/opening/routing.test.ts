import { describe, expect, it } from '@jest/globals';
import { seedForms } from '../seed/forms.ts';
import { seedRouting } from '../seed/routing.ts';
import { fallbackOf, type RoutingFacts, type RoutingRule, route } from './routing.ts';

const facts = (changes: Partial<RoutingFacts> = {}): RoutingFacts => ({
  requestType: 'software.rm',
  bso: false,
  directToBso: false,
  plan: 'PRIME',
  category: null,
  ...changes,
});
const fallback: RoutingRule = { id: 'rest', when: {}, group: 'n1' };

describe('routing', () => {
  it('takes the most specific rule, whatever the order', () => {
    const wide: RoutingRule = { id: 'wide', when: { requestType: ['software'] }, group: 'software' };
    const narrow: RoutingRule = { id: 'narrow', when: { requestType: ['software'], plan: ['PRIME'] }, group: 'prime' };
    for (const rules of [
      [wide, narrow, fallback],
      [narrow, wide, fallback],
    ])
      expect(route(rules, facts()).rule).toBe('narrow');
    expect(route([wide, narrow, fallback], facts({ plan: 'STANDARD' })).rule).toBe('wide');
  });

  it('takes the first of equally specific ones', () => {
    const rules: RoutingRule[] = [
      { id: 'one', when: { bso: false }, group: 'a' },
      { id: 'two', when: { plan: ['PRIME'] }, group: 'b' },
      fallback,
    ];
    expect(route(rules, facts())).toMatchObject({ rule: 'one', group: 'a' });
  });

  it('counts no condition that is not stated', () => {
    const rules = [
      { id: 'empty', when: { bso: undefined, plan: undefined } as never, group: 'a' },
      { id: 'real', when: { plan: ['PRIME' as const] }, group: 'b' },
      fallback,
    ];
    expect(route(rules, facts()).rule).toBe('real');
  });

  it('knows a request type by itself or by its area, never by half a word', () => {
    const rules: RoutingRule[] = [{ id: 'one', when: { requestType: ['software.rm'] }, group: 'rm' }, fallback];
    expect(route(rules, facts({ requestType: 'software.rm' })).rule).toBe('one');
    expect(route(rules, facts({ requestType: 'software.rmx' })).rule).toBe('rest');
    expect(route([{ ...rules[0], when: { requestType: ['software'] } } as RoutingRule, fallback], facts()).rule).toBe('one');
  });

  it('asks a category only of what has one', () => {
    const rules: RoutingRule[] = [{ id: 'bugs', when: { category: ['NONCONFORMITY'] }, group: 'bugs' }, fallback];
    expect(route(rules, facts({ category: 'NONCONFORMITY' })).rule).toBe('bugs');
    expect(route(rules, facts({ category: null })).rule).toBe('rest');
  });

  it('keeps the trace of what was tried, and says when only the fallback was left', () => {
    const rules: RoutingRule[] = [{ id: 'one', when: { bso: true }, group: 'a' }, fallback];
    expect(route(rules, facts())).toEqual({ group: 'n1', rule: 'rest', fallback: true, tried: ['one', 'rest'] });
    expect(route(rules, facts({ bso: true })).fallback).toBe(false);
  });
});

describe('the routing of a new installation', () => {
  it('has a fallback, so that every request type goes somewhere', () => {
    expect(fallbackOf(seedRouting)).toBe('n1-software');
    for (const { requestType } of seedForms) expect(route(seedRouting, facts({ requestType })).group).toMatch(/^[a-z0-9-]+$/);
  });

  it.each([
    ['technical-support', {}, 'n1-software'],
    ['technical-support', { bso: true, directToBso: true }, 'bso-ams'],
    ['value-added.cloud', {}, 'cloud'],
    ['value-added.datacenter', {}, 'cloud'],
    ['value-added.infra', {}, 'infra'],
    ['value-added.rmo', {}, 'infra'],
    ['value-added.bpo-hr', {}, 'bpo'],
    ['relationship.cst', {}, 'cst'],
    ['relationship.ombudsman', {}, 'ombudsman'],
    ['software.protheus', {}, 'n1-software'],
  ])('%s %j goes to %s', (requestType, changes, group) => {
    expect(route(seedRouting, facts({ requestType, ...changes })).group).toBe(group);
  });
});
