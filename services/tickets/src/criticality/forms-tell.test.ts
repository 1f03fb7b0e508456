import { describe, expect, it } from '@jest/globals';
import { evaluate, inShort, option, seedForm, stateOf } from '../form/form-testing.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { seedDecisionTable } from '../seed/criticality.ts';
import { seedForms } from '../seed/forms.ts';
import { type CriticalityInput, criticalityInput, decideCriticality, type Factor, immediateAttentionOf } from './criticality.ts';

// What each sort of form asks of the factors of domain 4.1, by the form table; the plan comes from the organization.
const software: Factor[] = ['category', 'origin', 'effect', 'environmentKind', 'businessStoppage', 'inClientCustomization'];
const asked: [requestType: RegExp, tells: Factor[]][] = [
  [/^software\./, software],
  [/^value-added\.(cloud|datacenter)$/, ['origin', 'effect', 'businessStoppage', 'inClientCustomization']],
  [/^value-added\.(infra|rmo|bpo-hr)$/, ['businessStoppage', 'inClientCustomization']],
  [/^relationship\./, []],
  [/^technical-support$/, ['impact', 'environmentKind', 'businessStoppage', 'inClientCustomization']],
];
const STOPPAGE = { businessStoppage: option('business-stoppage:INVOICING_STOPPED'), inClientCustomization: false };

/** Whatever says that work is blocked on the forms that ask for it, with the answers that they all take. */
const blocked = (requestType: string): Record<string, unknown> => {
  const product = seedForm(requestType).product;
  const environment = 'erp/rm/environment:production';
  const all: Record<string, unknown> = {
    category: option('category:NONCONFORMITY'),
    origin: option('origin:PRODUCTION'),
    effect: option(`${product}/effect:SYSTEM_DOWN`),
    impact: option('impact:CRITICAL_NO_WORKAROUND'),
    ...(product === null
      ? { environment: option('erp/rm'), environmentDetail: option(environment) }
      : { environment: seedCatalogue.find(({ path, kind }) => path.startsWith(`${product}/`) && kind === 'PRODUCTION')?.id }),
    ...STOPPAGE,
  };
  const { steps, guidance } = seedForm(requestType);
  const keys = new Set([...steps.flatMap(({ fields }) => fields), ...guidance].map(({ key }) => key));
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key)));
};

const told = async (requestType: string, answers: Record<string, unknown>): Promise<CriticalityInput> =>
  criticalityInput((await evaluate(seedForm(requestType), answers)).canonical, 'PRIME');

describe('what a form asks reaches the decision', () => {
  it.each(seedForms.map(({ requestType }) => requestType))('%s', async (requestType) => {
    const facts = await told(requestType, blocked(requestType));
    const tells = asked.find(([type]) => type.test(requestType))?.[1];
    const known = Object.entries(facts).filter(([, value]) => value !== null);
    expect(known.map(([factor]) => factor).sort()).toEqual([...(tells ?? []), 'plan'].sort());
    const stops = tells?.includes('businessStoppage') ? 'INVOICING_STOPPED' : null;
    expect([immediateAttentionOf(facts), decideCriticality({ edition: 1, rows: seedDecisionTable }, facts).rule]).toEqual([
      stops,
      stops ? 'business-stopped' : 'otherwise',
    ]);
  });
});

describe('what has stopped is asked', () => {
  const asks = async (requestType: string, answers: Record<string, unknown> = {}): Promise<(boolean | undefined)[]> => {
    const evaluation = await evaluate(seedForm(requestType), answers);
    return Object.keys(STOPPAGE).map((key) => stateOf(evaluation, key)?.visible);
  };

  it.each([
    ['software.rm', 'effect', 'erp/rm/effect:SYSTEM_DOWN', 'erp/rm/effect:SLOWNESS'],
    ['value-added.cloud', 'effect', 'value-added/cloud/effect:ACCESS_BLOCKED', 'value-added/cloud/effect:SLOWNESS'],
    ['technical-support', 'impact', 'impact:CRITICAL_NO_WORKAROUND', 'impact:WORKAROUND'],
  ])('on %s where its %s says that work is blocked, and nowhere else', async (requestType, field, blocking, other) => {
    expect(await asks(requestType, { [field]: option(blocking) })).toEqual([true, true]);
    expect(await asks(requestType, { [field]: option(other) })).toEqual([false, false]);
    expect(await asks(requestType)).toEqual([false, false]);
    const faults = inShort(await evaluate(seedForm(requestType), { [field]: option(other), ...STOPPAGE }));
    expect(faults).toEqual(expect.arrayContaining(['businessStoppage HIDDEN_FIELD', 'inClientCustomization HIDDEN_FIELD']));
  });

  it.each(['infra', 'rmo', 'bpo-hr'])('always on value-added.%s, which asks for no effect', async (code) => {
    expect(await asks(`value-added.${code}`)).toEqual([true, true]);
  });
});

describe('immediate attention is barred by what was chosen', () => {
  it.each([
    ['an implementation', { origin: option('origin:IMPLEMENTATION') }],
    ['a homologation environment', { environment: option('erp/rm/environment:homologation') }],
    ['a test environment', { environment: option('erp/rm/environment:test') }],
    ['the client’s own code', { inClientCustomization: true }],
    ['nothing that stopped', { businessStoppage: option('business-stoppage:NONE') }],
  ])('%s', async (_, change) => {
    expect(immediateAttentionOf(await told('software.rm', blocked('software.rm')))).toBe('INVOICING_STOPPED');
    const facts = await told('software.rm', { ...blocked('software.rm'), ...change });
    expect(immediateAttentionOf(facts)).toBeNull();
  });
});
