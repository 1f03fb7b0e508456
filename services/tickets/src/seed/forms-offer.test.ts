import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../form/form.ts';
import { catalogue } from '../form/form-testing.ts';
import { validateForm } from '../form/form-validation.ts';
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

  it.each(seedForms)('$requestType is a valid form, and names only what the catalogue has', ({ form }) => {
    expect(validateForm(form).defects).toEqual([]);
    const fields = fieldsOf(form).filter((field) => field.options);
    const literals = fields.flatMap((field) => [...field.fixed, ...field.default].map((one) => String(one.value)));
    const roots = fields.flatMap((field) => field.options?.root ?? []);
    for (const path of [...literals, ...roots, form.product ?? 'erp/rm']) expect(catalogue.byPath(path)).toBeDefined();
  });
});
