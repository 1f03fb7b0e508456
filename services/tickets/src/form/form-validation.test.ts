import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldDraft } from './form.ts';
import { buildDraft, buildField } from './form-testing.ts';
import { sameText, text } from './form-text.ts';
import { type FormCheck, MOST_FIELDS, validateForm } from './form-validation.ts';

const defectsOf = (...fields: FieldDraft[]) => inShort(validateForm(buildDraft(fields)));
const inShort = ({ defects }: FormCheck) => defects.map(({ path, rule }) => `${path.join('.')} ${rule}`);
const bare = (over: Partial<FieldDraft>) => buildField({ maxLength: undefined, ...over });
const select = (over: Partial<FieldDraft> = {}) => bare({ key: 'line', kind: 'SELECT', options: { levels: ['PRODUCT'] }, ...over });

describe('a form as data', () => {
  it('is taken when it is right, with what may be left out filled in', () => {
    const { form, defects } = validateForm(buildDraft([select(), buildField({ visible: { answered: 'line' } })]));
    expect(defects).toEqual([]);
    expect(form?.steps[0]?.fields[0]).toMatchObject({
      required: false,
      visible: true,
      fixed: [],
      options: { depth: 'CHILDREN', showPath: false },
    });
  });

  it.each<[string, FieldDraft[], string]>([
    ['two fields of one key', [buildField(), buildField()], '1.key KEY_TAKEN'],
    ['a key of every object', [buildField({ key: 'constructor' })], '0.key KEY_RESERVED'],
    ['a key of no shape', [buildField({ key: 'Não é chave' })], '0.key WRONG_FORMAT'],
    ['a rule that looks downwards', [buildField({ visible: { answered: 'subject' } })], '0.visible NOT_ABOVE'],
    ['a rule that looks at itself', [buildField({ required: { answered: 'word' } })], '0.required NOT_ABOVE'],
    [
      'a nested rule that looks nowhere',
      [buildField({ visible: { not: { any: [{ field: 'gone', is: ['x'] }] } } })],
      '0.visible NOT_ABOVE',
    ],
    ['a value that looks nowhere', [buildField({ default: [{ when: { answered: 'gone' }, value: 'x' }] })], '0.default.0.when NOT_ABOVE'],
    ['a label that names nothing', [buildField({ label: text('A {gone}', 'A', 'A') })], '0.label NOT_ABOVE'],
    [
      'a text below a node',
      [buildField(), buildField({ key: 'b', visible: { field: 'word', under: ['erp'] } })],
      '1.visible HAS_NO_OPTIONS',
    ],
    ['a text that is on', [buildField(), buildField({ key: 'b', visible: { field: 'word', is: [true] } })], '1.visible NEVER_EQUAL'],
    ['options of lists without end', [select({ options: { levels: Array(11).fill('PRODUCT') } })], '0.options.levels TOO_LONG'],
    ['options below nothing', [select({ options: { levels: ['MODULE'], parent: 'gone' } })], '0.options.parent NOT_ABOVE'],
    ['options below a text', [buildField(), select({ options: { levels: ['MODULE'], parent: 'word' } })], '1.options.parent NOT_A_SELECT'],
    ['options looked for in a text', [buildField(), select({ visible: { hasOptions: 'word' } })], '1.visible HAS_NO_OPTIONS'],
    ['a choice without options', [bare({ kind: 'SELECT' })], '0.options NEEDS_OPTIONS'],
    ['options on a text', [buildField({ options: { levels: ['PRODUCT'] } })], '0.options TAKES_NO_OPTIONS'],
    ['a text without a length', [bare({})], '0.maxLength NEEDS_LENGTH'],
    ['a length of a switch', [buildField({ kind: 'BOOLEAN' })], '0.maxLength TAKES_NO_LENGTH'],
    ['a text that must be on', [buildField({ mustBeOn: true })], '0.mustBeOn ONLY_SWITCH_MUST_BE_ON'],
    ['a display of nothing', [bare({ kind: 'DISPLAY' })], '0.automatic ONLY_DISPLAY_IS_AUTOMATIC'],
    ['a text that is automatic', [buildField({ automatic: 'client' })], '0.automatic ONLY_DISPLAY_IS_AUTOMATIC'],
    ['a computed field that is required', [bare({ kind: 'COMPUTED', required: true })], '0.required FILLED_BY_SERVER'],
    ['a computed field with a value', [bare({ kind: 'COMPUTED', fixed: [{ value: 'x' }] })], '0.fixed TAKES_NO_VALUE'],
    ['files without a word on privacy', [bare({ kind: 'FILES' })], '0.help NEEDS_PRIVACY_HELP'],
    ['a switch fixed to a text', [bare({ kind: 'BOOLEAN', fixed: [{ value: 'x' }] })], '0.fixed.0.value NOT_ITS_VALUE'],
    ['a choice fixed to a switch', [select({ default: [{ value: true }] })], '0.default.0.value NOT_ITS_VALUE'],
    ['a value that is none', [buildField({ default: [{ value: 3 as never }] })], '0.default.0.value NOT_ITS_VALUE'],
    ['two fields of one meaning', [buildField({ means: 'subject' })], '1.means MEANING_TAKEN'],
    ['a category that is typed', [buildField({ means: 'category' })], '0.means MEANING_OF_ANOTHER_KIND'],
    ['an unknown kind', [{ ...buildField(), kind: 'DATE' as 'TEXT' }], '0.kind NOT_ONE_OF'],
    ['an unknown property', [{ ...buildField(), sql: 'drop' } as FieldDraft], '0.sql UNKNOWN_PROPERTY'],
    ['a missing language', [{ ...buildField(), label: { 'pt-BR': 'Só' } as never }], '0.label.en MISSING'],
    ['an empty label', [buildField({ label: sameText(' ') })], '0.label.pt-BR TOO_FEW'],
    ['a length of nothing', [buildField({ maxLength: 0 })], '0.maxLength OUT_OF_RANGE'],
    ['no condition', [buildField({ visible: { moon: 'full' } as never })], '0.visible NO_CONDITION'],
    [
      'a condition that is none inside another',
      [buildField({ visible: { all: [{ staff: true }, { not: { any: [{ bso: true }, { moon: 'full' }] } }] } as never })],
      '0.visible.all.1.not.any.1 NO_CONDITION',
    ],
  ])('is refused for %s', (_, fields, defect) => {
    expect(defectsOf(...fields)).toContain(`steps.0.fields.${defect}`);
  });

  it('names all its defects at once, those of shape and those of sense', () => {
    const shape = { ...buildField({ key: 'a' }), kind: 'DATE' as 'TEXT' };
    const sense = bare({ key: 'b', kind: 'SELECT', visible: { answered: 'gone' } });
    const text = defectsOf(shape, sense).join('\n');
    expect(text).toContain('steps.0.fields.0.kind NOT_ONE_OF');
    expect(text).toContain('steps.0.fields.1.visible NOT_ABOVE');
    expect(text).toContain('steps.0.fields.1.options NEEDS_OPTIONS');
  });

  it('must say what a ticket is about', () => {
    const draft = buildDraft();
    const [step] = draft.steps;
    const nameless = { ...draft, steps: [{ ...step, fields: [buildField()] }] };
    expect(inShort(validateForm(nameless))).toEqual(['steps NO_SUBJECT', 'steps NO_DESCRIPTION']);
  });

  it('keeps its checklist optional', () => {
    const draft = { ...buildDraft(), guidance: [buildField({ required: true })] };
    expect(inShort(validateForm(draft))).toEqual(['guidance.0.required CHECKLIST_IS_OPTIONAL']);
  });

  it('has steps of different keys, and no more fields than anybody fills in', () => {
    const draft = buildDraft(Array.from({ length: MOST_FIELDS }, (_, at) => buildField({ key: `word${at}` })));
    const [step] = draft.steps;
    const twice = { ...draft, steps: [...draft.steps, { ...step, fields: [buildField({ key: 'last' })] }] };
    expect(inShort(validateForm(twice))).toEqual(['steps TOO_MANY', 'steps.1.key KEY_TAKEN']);
  });

  it('is judged, never thrown at, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (data) => expect(validateForm(data).form).toBeNull()));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (fields, guidance) => {
        expect(validateForm({ ...buildDraft(), steps: [{ fields }], guidance }).form).toBeNull();
      }),
    );
  });
});
