import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldDraft } from '../form/form.ts';
import { formDefectRules } from '../form/form-defect.ts';
import { buildDraft, buildField } from '../form/form-testing.ts';
import { languages, sameText } from '../form/form-text.ts';
import { seedForms } from '../seed/forms.ts';
import { defectMessage } from './form-defect-messages.ts';
import { MOST, readDefinition } from './form-definition.ts';

const rulesOf = (text: string): string[] => readDefinition(text).defects.map(({ rule, path }) => `${path.join('.')} ${rule}`.trim());
const withFields = (...fields: unknown[]): string => JSON.stringify(buildDraft(fields as FieldDraft[]));
const nested = (depth: number): string => `${'{"not":'.repeat(depth)}{"staff":true}${'}'.repeat(depth)}`;
const escaped = (words: string): string => withFields(buildField({ help: sameText('@') })).replaceAll('@', words);

describe('a definition', () => {
  it.each(seedForms)('of $requestType is right', ({ form }) => {
    expect(rulesOf(JSON.stringify(form))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'NOT_JSON'],
    ['half a text', '{"a": "', 'NOT_JSON'],
    ['an endless text', ' '.repeat(MOST.text + 1), 'TOO_LARGE'],
    ['a deep one', '['.repeat(60_000), 'TOO_DEEP'],
    ['a deep condition', withFields(buildField()).replace('"kind"', `"visible":${nested(18)},"kind"`), 'TOO_DEEP'],
    ['quotes and strokes without end', '"\\'.repeat(60_000), 'NOT_JSON'],
    ['brackets in a text', JSON.stringify('['.repeat(60_000)), 'TOO_LONG'],
    ['ten thousand fields', `{"steps":[{"fields":[${'{},'.repeat(9_999)}{}]}]}`, 'steps TOO_MANY'],
    ['ten thousand properties', `{${Array.from({ length: 10_000 }, (_, at) => `"p${at}":0`).join()}}`, 'TOO_MANY'],
    ['forty thousand fields', JSON.stringify({ steps: Array(200).fill({ fields: Array(200).fill({}) }) }), 'steps TOO_MANY'],
    ['a huge text', withFields(buildField({ label: sameText('x'.repeat(MOST.words + 1)) })), 'steps.0.fields.0.label.pt-BR TOO_LONG'],
    ['a prototype', '{"__proto__": {"steps": []}}', 'UNKNOWN_PROPERTY'],
    ['a NUL', escaped('\\u0000'), 'steps.0.fields.0.help.pt-BR NOT_STORABLE'],
    ['half a surrogate', escaped('\\ud800'), 'steps.0.fields.0.help.pt-BR NOT_STORABLE'],
    ['a constructor', withFields(buildField({ key: 'constructor' })), 'steps.0.fields.0.key KEY_RESERVED'],
    ['a null', 'null', 'WRONG_TYPE'],
    ['a list', '[]', 'WRONG_TYPE'],
  ])('that is %s is refused', (_, text, defect) => {
    expect(rulesOf(text)).toContain(defect);
  });

  it('is read, never thrown at, whatever it is; and every defect has words in every language', () => {
    const words = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    const piece = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(buildField(), buildField({ means: 'subject' }), { key: '__proto__' }, { key: { toString: '' } }),
    );
    const form = fc.array(piece, { maxLength: 3 }).map((fields) => withFields(...fields));
    fc.assert(
      fc.property(fc.oneof(words, form), (text) => {
        for (const defect of readDefinition(text).defects)
          for (const language of languages) expect(defectMessage(defect, language)).toMatch(/^\S/);
      }),
    );
  });

  it('has words for every rule', () => {
    const params = { max: 1, length: 2, key: 'k', expected: 'string', values: 'v', format: 'key', means: 'm', kinds: 'k', by: 'ROUTING' };
    const more = { requestType: 'r', level: 'l', path: 'p', code: 'c' };
    for (const rule of formDefectRules) {
      const said = languages.map((language) => defectMessage({ rule, path: [], params: { ...params, ...more } }, language));
      expect([rule, new Set(said).size, said.join()]).toEqual([rule, 3, expect.not.stringMatching(/[{}]/)]);
    }
  });
});
