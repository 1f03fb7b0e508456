import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../form/form.ts';
import { buildOrganization, catalogue, evaluate, inPortuguese, option, seedForm, stateOf } from '../form/form-testing.ts';
import { seedForms } from './forms.ts';

describe('what the forms offer', () => {
  it.each(seedForms)('$requestType offers something in every list that stands alone', async ({ form }) => {
    for (const { options } of fieldsOf(form)) {
      if (!options || options.parent) continue;
      const page = await catalogue.page(
        { levels: options.levels, below: options.root ?? null, depth: options.depth },
        { search: null, language: 'pt-BR', first: 100, after: null },
      );
      expect(page.entries.length).toBeGreaterThan(1);
    }
  });

  it('a BSO client gets Brasil and Suporte Técnico, and is directed to BSO', async () => {
    const evaluation = await evaluate(seedForm('technical-support'), {}, { organization: buildOrganization({ bso: true }) });
    expect(inPortuguese(stateOf(evaluation, 'originCountry')?.display)).toBe('Brasil');
    expect(inPortuguese(stateOf(evaluation, 'solicitationType')?.display)).toBe('Suporte Técnico');
    expect(stateOf(evaluation, 'directToBso')?.value).toBe(true);
  });

  it('a product without environments of its own asks for none', async () => {
    const bpo = option('value-added/bpo-hr');
    const evaluation = await evaluate(seedForm('technical-support'), { environment: bpo, version: bpo });
    expect(stateOf(evaluation, 'environmentDetail')?.visible).toBe(false);
    expect(stateOf(evaluation, 'versionDetail')?.visible).toBe(true);
  });

  it('wherever a file can be added, the form says what it must not show', () => {
    for (const { form } of seedForms) {
      const files = fieldsOf(form).find((field) => field.kind === 'FILES');
      expect(inPortuguese(files?.help)).toMatch(/rostos ou documentos oficiais.*extremamente necessário/);
    }
  });
});
