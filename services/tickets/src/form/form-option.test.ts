import { describe, expect, it } from '@jest/globals';
import { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { seedCatalogue } from '../seed/catalogue.ts';
import { evaluateForm } from './form-evaluation.ts';
import {
  answersOf,
  buildContext,
  buildField,
  buildForm,
  catalogue,
  evaluate,
  inPortuguese,
  inShort,
  option,
  stateOf,
} from './form-testing.ts';

const product = buildField({ key: 'product', kind: 'SELECT', means: 'product', maxLength: undefined, options: { levels: ['PRODUCT'] } });
const module = buildField({
  key: 'module',
  kind: 'SELECT',
  means: 'module',
  maxLength: undefined,
  options: { levels: ['MODULE'], parent: 'product' },
});
describe('an option', () => {
  const form = buildForm([product, module]);
  const labore = option('erp/rm/labore');

  it('is taken where it belongs', async () => {
    const evaluation = await evaluate(form, { product: option('erp/rm'), module: labore });
    expect(inShort(evaluation)).toEqual([]);
    expect(evaluation.canonical.module?.path).toBe('erp/rm/labore');
    expect(inPortuguese(stateOf(evaluation, 'module')?.display)).toBe('RM Labore');
  });

  it.each([
    ['unknown', { product: 'opt_00000000000000000000000000' }, ['product NOT_AN_OPTION']],
    ['no id at all', { product: 'RM\u0000' }, ['product NOT_AN_OPTION']],
    ['of another list', { product: option('country:BR') }, ['product NOT_AN_OPTION']],
    ['of another parent', { product: option('erp/protheus'), module: labore }, ['module OPTION_OF_ANOTHER_PARENT']],
    ['below nothing chosen', { module: labore }, ['module OPTION_OF_ANOTHER_PARENT']],
    ['below a faulty choice', { product: labore, module: labore }, ['product NOT_AN_OPTION', 'module OPTION_OF_ANOTHER_PARENT']],
    ['a list where one is asked', { product: [option('erp/rm')] }, ['product WRONG_KIND']],
  ])('is refused when it is %s', async (_, answers, faults) => {
    expect(inShort(await evaluate(form, answers))).toEqual(faults);
  });

  it('is refused when it, or anything above it, is retired', async () => {
    const retired = new MemoryCatalogue(seedCatalogue.map((one) => (one.path === 'erp/rm' ? { ...one, retired: true } : one)));
    const anywhere = buildField({ ...module, key: 'anywhere', means: undefined, options: { levels: ['MODULE'] } });
    const answers = answersOf({ product: option('erp/rm'), anywhere: labore });
    expect(inShort(await evaluateForm(buildForm([product, anywhere]), answers, buildContext(), retired))).toEqual([
      'product OPTION_RETIRED',
      'anywhere OPTION_RETIRED',
    ]);
  });

  it('that the form begins with is taken where it could be chosen, and nowhere else', async () => {
    const begins = { ...module, required: true, default: [{ value: 'erp/rm/labore' }] };
    const beginning = async (answers: Record<string, unknown>, lookup = catalogue) => {
      const evaluation = await evaluateForm(buildForm([product, begins]), answersOf(answers), buildContext(), lookup);
      return [stateOf(evaluation, 'module')?.value, ...inShort(evaluation)];
    };
    const retired = new MemoryCatalogue(seedCatalogue.map((one) => (one.id === labore ? { ...one, retired: true } : one)));
    expect(await beginning({ product: option('erp/rm') })).toEqual([labore]);
    expect(await beginning({ product: option('erp/logix') })).toEqual([null, 'module REQUIRED']);
    expect(await beginning({})).toEqual([null, 'module REQUIRED']);
    expect(await beginning({ product: option('erp/rm') }, retired)).toEqual([null, 'module REQUIRED']);
  });

  it('of several is refused once per reason, and none of them is kept', async () => {
    const many = buildField({ key: 'many', kind: 'MULTI_SELECT', maxLength: undefined, options: { levels: ['EVIDENCE'] } });
    const evaluation = await evaluate(buildForm([many]), { many: [option('evidence:LOGS'), option('erp/rm'), option('country:BR')] });
    expect(inShort(evaluation)).toEqual(['many NOT_AN_OPTION']);
    expect(stateOf(evaluation, 'many')?.value).toBeNull();
  });

  it('of a list with a root must stand below it', async () => {
    const effect = buildField({ key: 'effect', kind: 'SELECT', maxLength: undefined, options: { levels: ['EFFECT'], root: 'erp/rm' } });
    const rooted = buildForm([effect]);
    expect(inShort(await evaluate(rooted, { effect: option('erp/rm/effect:SLOWNESS') }))).toEqual([]);
    expect(inShort(await evaluate(rooted, { effect: option('erp/logix/effect:SLOWNESS') }))).toEqual(['effect NOT_AN_OPTION']);
  });

  it('must stand right below the choice above, unless the list reaches deeper', async () => {
    const reaching = (depth: 'CHILDREN' | 'DESCENDANTS') =>
      buildForm([product, { ...module, options: { levels: ['ROUTINE'], parent: 'product', depth } }]);
    const answers = { product: option('erp/rm'), module: option('erp/rm/labore/calculo/calculo-mensal') };
    expect(inShort(await evaluate(reaching('DESCENDANTS'), answers))).toEqual([]);
    expect(inShort(await evaluate(reaching('CHILDREN'), answers))).toEqual(['module OPTION_OF_ANOTHER_PARENT']);
  });

  it('answered twice is the first', async () => {
    const twice = ['erp/rm', 'erp/logix'].map((path) => ({ field: 'product', value: option(path) }));
    const evaluation = await evaluateForm(form, twice, buildContext(), catalogue);
    expect(evaluation.canonical.product?.path).toBe('erp/rm');
  });

  it('can be looked for below a choice that the form made', async () => {
    const given = { ...product, fixed: [{ value: 'erp/rm' }] };
    const seen = { ...module, visible: { hasOptions: 'module' } };
    expect(stateOf(await evaluate(buildForm([given, seen])), 'module')?.visible).toBe(true);
  });
});
