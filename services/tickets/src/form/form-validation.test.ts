import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldDraft } from './form.ts';
import { buildDraft, buildField } from './form-testing.ts';
import { sameText, text } from './form-text.ts';
import { validateForm } from './form-validation.ts';

const defectsOf = (...fields: FieldDraft[]) => validateForm(buildDraft(fields)).defects.map(({ path, message }) => `${path}: ${message}`);
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
    ['two fields of one key', [buildField(), buildField()], 'the key word is taken'],
    ['a rule that looks downwards', [buildField({ visible: { answered: 'subject' } })], 'subject is no field above'],
    ['a rule that looks at itself', [buildField({ required: { answered: 'word' } })], 'word is no field above'],
    [
      'a nested rule that looks nowhere',
      [buildField({ visible: { not: { any: [{ field: 'gone', is: ['x'] }] } } })],
      'gone is no field above',
    ],
    ['a value that looks nowhere', [buildField({ default: [{ when: { answered: 'gone' }, value: 'x' }] })], 'gone is no field above'],
    ['a label that names nothing', [buildField({ label: text('A {gone}', 'A', 'A') })], 'gone is no field above'],
    ['options below nothing', [select({ options: { levels: ['MODULE'], parent: 'gone' } })], 'options.parent: gone is no field above'],
    ['options below a text', [buildField(), select({ options: { levels: ['MODULE'], parent: 'word' } })], 'word is not a SELECT'],
    ['options looked for in a text', [buildField(), select({ visible: { hasOptions: 'word' } })], 'word has no options'],
    ['a choice without options', [bare({ kind: 'SELECT' })], 'a SELECT needs options'],
    ['options on a text', [buildField({ options: { levels: ['PRODUCT'] } })], 'a TEXT has no options'],
    ['a text without a length', [bare({})], 'a TEXT needs maxLength'],
    ['a length of a switch', [buildField({ kind: 'BOOLEAN' })], 'a BOOLEAN has no length'],
    ['a text that must be on', [buildField({ mustBeOn: true })], 'only a BOOLEAN'],
    ['a display of nothing', [bare({ kind: 'DISPLAY' })], 'a DISPLAY, and nothing else, is automatic'],
    ['a text that is automatic', [buildField({ automatic: 'client' })], 'a DISPLAY, and nothing else, is automatic'],
    ['a computed field that is required', [bare({ kind: 'COMPUTED', required: true })], 'filled by the server'],
    ['a computed field with a value', [bare({ kind: 'COMPUTED', fixed: [{ value: 'x' }] })], 'takes no value from the form'],
    ['files without a word on privacy', [bare({ kind: 'FILES' })], 'wherever a file can be added'],
    ['a switch fixed to a text', [bare({ kind: 'BOOLEAN', fixed: [{ value: 'x' }] })], 'fixed.0.value: this is no value of a BOOLEAN'],
    ['a choice fixed to a switch', [select({ default: [{ value: true }] })], 'default.0.value: this is no value of a SELECT'],
    ['two fields of one meaning', [buildField({ means: 'subject' })], 'another field above means subject'],
    ['an unknown kind', [{ ...buildField(), kind: 'DATE' as 'TEXT' }], 'steps.0.fields.0.kind: '],
    ['an unknown property', [{ ...buildField(), sql: 'drop' } as FieldDraft], 'Unrecognized key: "sql"'],
    ['a missing language', [{ ...buildField(), label: { 'pt-BR': 'Só' } as never }], 'steps.0.fields.0.label.en: '],
    ['an empty label', [buildField({ label: sameText(' ') })], 'label.pt-BR: '],
  ])('is refused for %s', (_, fields, message) => {
    expect(defectsOf(...fields).join('\n')).toContain(message);
  });

  it('names all its defects at once, those of shape and those of sense', () => {
    const shape = { ...buildField({ key: 'a' }), kind: 'DATE' as 'TEXT' };
    const sense = bare({ key: 'b', kind: 'SELECT', visible: { answered: 'gone' } });
    const text = defectsOf(shape, sense).join('\n');
    expect(text).toContain('steps.0.fields.0.kind');
    expect(text).toContain('gone is no field above');
    expect(text).toContain('a SELECT needs options');
  });

  it('must say what a ticket is about', () => {
    const draft = buildDraft();
    const [step] = draft.steps;
    const nameless = { ...draft, steps: [{ ...step, fields: [buildField()] }] };
    expect(validateForm(nameless).defects.map((defect) => defect.message)).toEqual([
      'no field means subject or summary',
      'no field means description',
    ]);
  });

  it('keeps its checklist optional', () => {
    const draft = { ...buildDraft(), guidance: [buildField({ required: true })] };
    expect(validateForm(draft).defects).toEqual([{ path: 'guidance.0.required', message: 'an item of the checklist is optional' }]);
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
