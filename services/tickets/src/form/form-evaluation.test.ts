import { describe, expect, it } from '@jest/globals';
import type { CatalogueRequest } from '../catalogue/catalogue.ts';
import { type Condition, isUnder } from './form-condition.ts';
import { evaluateForm } from './form-evaluation.ts';
import {
  answersOf,
  buildContext,
  buildField,
  buildForm,
  buildOrganization,
  catalogue,
  evaluate,
  inPortuguese,
  inShort,
  option,
  seedForm,
  stateOf,
} from './form-testing.ts';
import { sameText, text } from './form-text.ts';

const product = buildField({ key: 'product', kind: 'SELECT', means: 'product', maxLength: undefined, options: { levels: ['PRODUCT'] } });
const module = buildField({
  key: 'module',
  kind: 'SELECT',
  means: 'module',
  maxLength: undefined,
  options: { levels: ['MODULE'], parent: 'product' },
});
const flag = buildField({ key: 'flag', kind: 'BOOLEAN', maxLength: undefined });

type Situation = [answers: Record<string, unknown>, context?: Parameters<typeof evaluate>[2]];

describe('a field is visible, required, fixed and begins with a value', () => {
  const rm: Situation = [{ product: option('erp/rm') }];
  const wms: Situation = [{ product: option('logistics/wms') }];
  const bpo: Situation = [{ product: option('value-added/bpo-hr') }];
  const client = (over: Parameters<typeof buildOrganization>[0]): Situation => [{}, { organization: buildOrganization(over) }];
  const staff: Situation = [{}, { staff: true, onBehalfOf: { organizationId: 'o', contactId: 'c' } }];
  const nobody: Situation = [{}, { organization: null }];

  // condition, situations in which it holds, situations in which it does not
  const cases: [string, Condition, Situation[], Situation[]][] = [
    ['by channel', { channel: ['PHONE', 'EMAIL'] }, [[{}, { channel: 'EMAIL' }]], [[{}, { channel: 'API' }]]],
    ['by plan', { plan: ['PRIME'] }, [client({ plan: 'PRIME' })], [client({ plan: 'STANDARD' }), nobody]],
    ['by country', { country: ['AR', 'BR'] }, [client({ country: 'AR' })], [client({ country: 'PT' }), nobody]],
    ['for BSO clients', { bso: true }, [client({ bso: true })], [client({ bso: false }), nobody]],
    ['for other clients', { bso: false }, [client({ bso: false })], [client({ bso: true })]],
    ['for vendor staff', { staff: true }, [staff], [[{}]]],
    ['by entitlement', { entitled: ['X', 'PHONE'] }, [client({})], [client({ entitlements: ['Y'] }), nobody]],
    ['by a switch above', { field: 'flag', is: [true] }, [[{ flag: true }]], [[{ flag: false }], [{}]]],
    ['by the code of an option above', { field: 'product', is: ['rm', 'logix'] }, [rm], [wms, [{}]]],
    ['below a node of the catalogue', { field: 'product', under: ['x', 'erp'] }, [rm], [wms, [{}]]],
    ['at a node of the catalogue', { field: 'product', under: ['erp/rm'] }, [rm], [wms]],
    ['once something is answered', { answered: 'product' }, [rm], [[{}], [{ product: 'wrong' }]]],
    ['where there is anything to choose', { hasOptions: 'environment' }, [rm], [bpo, [{}]]],
    ['when all hold', { all: [{ bso: false }, { answered: 'flag' }] }, [[{ flag: false }]], [[{}]]],
    ['when any holds', { any: [{ bso: true }, { answered: 'flag' }] }, [[{ flag: false }]], [[{}]]],
    ['when something does not hold', { not: { plan: ['STANDARD'] } }, [client({ plan: 'PRIME' })], [client({ plan: 'STANDARD' })]],
  ];

  it.each(cases)('%s', async (_, rule, holding, failing) => {
    const choice = { when: rule, value: 'ours' };
    const ruled = [{ visible: rule }, { required: rule }, { fixed: [choice] }, { default: [choice] }];
    const environment = { ...module, key: 'environment', means: undefined, options: { levels: ['ENVIRONMENT'], parent: 'product' } };
    const form = buildForm([flag, product, environment, ...ruled.map((over, at) => buildField({ key: `ruled${at}`, ...over }))]);
    for (const [isHeld, situations] of [[true, holding] as const, [false, failing] as const]) {
      for (const [answers, context] of situations) {
        const evaluation = await evaluate(form, answers, context);
        expect(stateOf(evaluation, 'ruled0')?.visible).toBe(isHeld);
        expect(stateOf(evaluation, 'ruled1')?.required).toBe(isHeld);
        expect(stateOf(evaluation, 'ruled2')).toMatchObject({ fixed: isHeld, value: isHeld ? 'ours' : null });
        expect(stateOf(evaluation, 'ruled3')).toMatchObject({ fixed: false, value: isHeld ? 'ours' : null });
      }
    }
  });

  it('and no path stands below one that only begins alike', () => {
    expect(isUnder('erp/rm2', 'erp/rm')).toBe(false);
    expect(isUnder('erp/rm/labore', 'erp/rm')).toBe(true);
    expect(isUnder('erp/rm', 'erp/rm')).toBe(true);
  });

  it('takes the first fixed value whose condition holds', async () => {
    const form = buildForm([buildField({ key: 'word', fixed: [{ when: { bso: true }, value: 'first' }, { value: 'second' }] })]);
    expect(stateOf(await evaluate(form), 'word')?.value).toBe('second');
    expect(stateOf(await evaluate(form, {}, { organization: buildOrganization({ bso: true }) }), 'word')?.value).toBe('first');
  });
});

describe('a value of the caller is refused', () => {
  const hidden = buildField({ key: 'hidden', visible: { bso: true } });
  const fixed = buildField({ key: 'fixed', fixed: [{ value: 'ours' }] });
  const shown = buildField({ key: 'shown', kind: 'DISPLAY', maxLength: undefined, automatic: 'client' });
  const computed = buildField({ key: 'computed', kind: 'COMPUTED', maxLength: undefined, visible: false });
  const emails = buildField({ key: 'emails', kind: 'EMAIL_LIST', maxLength: undefined });
  const form = buildForm([hidden, fixed, shown, computed, emails]);

  it.each([
    ['hidden', 'HIDDEN_FIELD'],
    ['fixed', 'FIXED_FIELD'],
    ['shown', 'COMPUTED_FIELD'],
    ['computed', 'COMPUTED_FIELD'],
    ['emails', 'WRONG_KIND'],
    ['nowhere', 'UNKNOWN_FIELD'],
    ['__proto__', 'UNKNOWN_FIELD'],
  ])('by the field "%s": %s', async (field, code) => {
    const evaluation = await evaluateForm(form, [{ field, value: 'mine' }], buildContext(), catalogue);
    expect(inShort(evaluation)).toEqual([`${field} ${code}`]);
    expect(stateOf(evaluation, field)?.value).not.toBe('mine');
    expect(evaluation.chosen.get(field)?.answered ?? false).toBe(false);
  });

  it('and null is no value', async () => {
    expect(inShort(await evaluate(form, { hidden: null, fixed: null, shown: null, computed: null, emails: null }))).toEqual([]);
  });

  it('when it answers one field twice; the first answer counts', async () => {
    const twice = ['one', 'two', 'three'].map((value) => ({ field: 'subject', value }));
    const evaluation = await evaluateForm(form, twice, buildContext(), catalogue);
    expect(inShort(evaluation)).toEqual(['subject DUPLICATE_ANSWER']);
    expect(evaluation.canonical.subject).toBe('one');
  });
});

describe('a required field', () => {
  const form = buildForm([
    buildField({ key: 'word', required: true }),
    buildField({ key: 'must', kind: 'BOOLEAN', maxLength: undefined, required: true, mustBeOn: true, default: [{ value: true }] }),
    buildField({ key: 'files', kind: 'FILES', help: sameText('No faces'), maxLength: undefined, required: true }),
  ]);

  it('is missed when it is absent, null, empty or blank', async () => {
    for (const word of [undefined, null, '', '  \n ', '\u200b']) {
      expect(inShort(await evaluate(form, { word }))).toContain('word REQUIRED');
    }
  });

  it('is missed under the name of its own input', async () => {
    expect(inShort(await evaluate(form, { word: 'x' }))).toEqual(['attachmentIds REQUIRED']);
  });

  it('is not missed when what was given has another fault', async () => {
    expect(inShort(await evaluate(form, { word: 7 }))).toEqual(['word WRONG_KIND', 'attachmentIds REQUIRED']);
  });

  it('takes its default, and must be on where the form says so', async () => {
    expect(stateOf(await evaluate(form), 'must')?.value).toBe(true);
    expect(inShort(await evaluate(form, { must: false }))).toContain('must MUST_BE_ON');
    expect(inShort(await evaluate(form, { must: true }))).not.toContain('must MUST_BE_ON');
  });
});

describe('an evaluation', () => {
  it('asks the catalogue once, whatever the form', async () => {
    const requests: CatalogueRequest[] = [];
    const counting = {
      load(request: CatalogueRequest) {
        requests.push(request);
        return catalogue.load(request);
      },
    };
    const answers = answersOf({ environment: option('erp/rm'), version: option('erp/rm'), macroSegment: option('erp') });
    await evaluateForm(seedForm('technical-support'), answers, buildContext(), counting);
    expect(requests).toHaveLength(1);
  });

  it('names a field by what was chosen above it', async () => {
    const form = seedForm('technical-support');
    expect(stateOf(await evaluate(form), 'environmentDetail')?.label).toEqual(text('Ambiente › …', 'Environment › …', 'Ambiente › …'));
    const chosen = await evaluate(form, { environment: option('logistics/wms') });
    expect(inPortuguese(stateOf(chosen, 'environmentDetail')?.label)).toBe('Ambiente › WMS');
    const answered = await evaluate(form, {
      environment: option('logistics/wms'),
      environmentDetail: option('logistics/wms/environment:test'),
    });
    expect(inPortuguese(answered.chosen.get('environmentDetail')?.label)).toBe('Ambiente › WMS');
  });

  it('shows client and contact by code and id: their names are identity’s', async () => {
    const shown = async (context: Parameters<typeof evaluate>[2]) => {
      const evaluation = await evaluate(seedForm('value-added.cloud'), {}, context);
      return ['client', 'clientContact'].map((key) => stateOf(evaluation, key)?.value);
    };
    expect(await shown({ contact: { id: 'con_1' } })).toEqual(['ACME01', 'con_1']);
    expect(await shown({ organization: null, contact: null })).toEqual([null, null]);
  });

  it('says what a ticket is about, whatever the form calls it', async () => {
    const { canonical } = await evaluate(seedForm('software.rm'), {
      summary: '  Nota\nnão   emitida ',
      incident: 'Erro ao emitir',
      moduleProduct: option('erp/rm/labore'),
      environment: option('erp/rm/environment:test'),
      category: option('category:NONCONFORMITY'),
    });
    expect(canonical).toMatchObject({
      subject: 'Nota não emitida',
      summary: 'Nota não emitida',
      description: 'Erro ao emitir',
      environmentKind: 'TEST',
      category: 'NONCONFORMITY',
      serviceGroup: 'rm-people',
    });
    expect(canonical.product?.path).toBe('erp/rm');
  });

  it('takes the service group of the nearest chosen node, inherited where it has none', async () => {
    const group = async (path: string) => (await evaluate(seedForm('software.rm'), { moduleProduct: option(path) })).canonical.serviceGroup;
    expect(await group('erp/rm/labore')).toBe('rm-people');
    expect(await group('erp/rm/nucleus')).toBe('rm-backoffice');
  });

  it('counts the checklist and says what is missing of it', async () => {
    const form = buildForm([flag], {
      guidance: [
        buildField({ key: 'a' }),
        buildField({ key: 'b' }),
        buildField({ key: 'c' }),
        buildField({ key: 'd', visible: { answered: 'flag' } }),
      ],
    });
    expect((await evaluate(form, { a: 'x' })).completeness).toEqual({ score: 33, missing: ['b', 'c'] });
    expect((await evaluate(form, { a: 'x', flag: true })).completeness).toEqual({ score: 25, missing: ['b', 'c', 'd'] });
    expect((await evaluate(buildForm())).completeness).toEqual({ score: 100, missing: [] });
  });

  it('asks what has stopped only where work is said to be blocked', async () => {
    const asked = async (impact: string) =>
      stateOf(await evaluate(seedForm('technical-support'), { impact: option(`impact:${impact}`) }), 'businessStoppage')?.visible;
    expect(await asked('CRITICAL_NO_WORKAROUND')).toBe(true);
    expect(await asked('WORKAROUND')).toBe(false);
  });

  it('shows an option with its path from the root of its list', async () => {
    const evaluation = await evaluate(seedForm('value-added.cloud'), { moduleProduct: option('value-added/cloud/dados-cloud') });
    expect(inPortuguese(stateOf(evaluation, 'moduleProduct')?.display)).toBe('Cloud Computing › Banco de dados');
  });
});
