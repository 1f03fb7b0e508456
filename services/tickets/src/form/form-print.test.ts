import { describe, expect, it } from '@jest/globals';
import type { Condition } from './form-condition.ts';
import { printForms } from './form-print.ts';
import { buildField, buildForm } from './form-testing.ts';

const conditions: [Condition, string][] = [
  [{ channel: ['PHONE', 'EMAIL'] }, 'it comes by PHONE or EMAIL'],
  [{ plan: ['PRIME'] }, 'the plan is PRIME'],
  [{ country: ['AR', 'PT'] }, 'the client is in AR or PT'],
  [{ bso: true }, 'the client has BSO'],
  [{ bso: false }, 'the client has no BSO'],
  [{ staff: true }, 'staff opens'],
  [{ staff: false }, 'a contact opens'],
  [{ entitled: ['PHONE'] }, 'the client is entitled to PHONE'],
  [{ field: 'effect', is: ['A', true] }, 'effect is A or true'],
  [{ field: 'product', under: ['erp/rm'] }, 'product is erp/rm, or below it'],
  [{ answered: 'effect' }, 'effect is answered'],
  [{ hasOptions: 'effect' }, 'effect has anything to choose'],
  [
    { not: { any: [{ bso: true }, { all: [{ staff: true }, { answered: 'x' }] }] } },
    'not ((the client has BSO or staff opens and x is answered))',
  ],
];

describe('a form on paper', () => {
  it.each(conditions)('says %j', (rule, words) => {
    const field = buildField({
      key: 'word',
      visible: rule,
      required: rule,
      fixed: [{ when: rule, value: 'x' }],
      default: [{ value: 'y' }],
    });
    const line = `| word | Word | a line, up to 20 | when ${words}; fixed to x when ${words}; at first y | when ${words} |`;
    expect(printForms([buildForm([field])])).toContain(line);
  });

  it('tells forms together that differ only in their product', () => {
    const of = (requestType: string, product: string) =>
      buildForm([buildField({ key: 'effect', kind: 'SELECT', maxLength: undefined, options: { levels: ['EFFECT'], root: product } })], {
        ...{ requestType, product, entitledBy: [requestType] },
      });
    const printed = printForms([of('software.rm', 'erp/rm'), of('software.wms', 'logistics/wms')]);
    expect(printed).toContain('## software.rm, software.wms\n');
    expect(printed).toContain('| effect | Word | one EFFECT of its own product | no | always |');
    expect(printed).toContain('Opened by clients entitled to it.');
    expect(printed).not.toContain('Checklist');
  });
});
