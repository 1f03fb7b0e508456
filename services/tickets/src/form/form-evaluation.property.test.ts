import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedCatalogue } from '../seed/catalogue.ts';
import { seedForms } from '../seed/forms.ts';
import { fieldsOf } from './form.ts';
import { evaluateForm } from './form-evaluation.ts';
import { formErrors } from './form-messages.ts';
import { answersOf, buildContext, buildOrganization, catalogue, evaluate, inShort, option, seedForm } from './form-testing.ts';
import { languages } from './form-text.ts';

const entry = fc.constantFrom(...seedCatalogue.filter((one) => one.level !== 'COUNTRY'));
const anyType = fc.constantFrom(...seedForms.map((one) => one.requestType));
const allKeys = [...new Set(seedForms.flatMap(({ form }) => fieldsOf(form).map((field) => field.key)))];

const value = fc.oneof(
  entry.map((one) => one.id),
  fc.array(entry.map((one) => one.id)),
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.jsonValue(),
);
const answers = fc.array(fc.record({ field: fc.oneof(fc.constantFrom(...allKeys), fc.string()), value }), { maxLength: 40 });
const context = fc
  .record({ bso: fc.boolean(), plan: fc.constantFrom('PRIME' as const, 'STANDARD' as const), staff: fc.boolean(), nobody: fc.boolean() })
  .chain(({ bso, plan, staff, nobody }) =>
    fc
      .record({ watchers: fc.array(fc.string()), channel: fc.constantFrom('PORTAL' as const, 'PHONE' as const, 'EMAIL' as const) })
      .map((rest) => buildContext({ ...rest, staff, organization: nobody ? null : buildOrganization({ bso, plan }) })),
  );

const MISSING = new Set<string>(['REQUIRED', 'MUST_BE_ON']); // about a form that is not finished: its values stay

describe('whatever is sent', () => {
  it('is decided, never thrown at, and every fault has a message in three languages', async () => {
    await fc.assert(
      fc.asyncProperty(anyType, answers, context, async (type, given, situation) => {
        const form = seedForm(type);
        const { faults } = await evaluateForm(form, given, situation, catalogue);
        for (const language of languages) {
          for (const { message } of formErrors(faults, language)) expect(message).toMatch(/^“.*\.$/s);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is decided to the same values when they are sent again', async () => {
    await fc.assert(
      fc.asyncProperty(anyType, answers, context, async (type, given, situation) => {
        const form = seedForm(type);
        const once = await evaluateForm(form, given, situation, catalogue);
        const typed = [...once.chosen.values()].filter((one) => one.answered).map((one) => ({ field: one.field.key, value: one.value }));
        const again = await evaluateForm(form, typed, situation, catalogue);
        const refused = new Set(once.faults.map((fault) => fault.field[1])); // what is left out now may take a default
        expect([...again.chosen].filter(([key]) => !refused.has(key))).toEqual([...once.chosen].filter(([key]) => !refused.has(key)));
        const ofValues = again.faults.filter(({ code, field }) => field[0] === 'answers' && !MISSING.has(code));
        expect(ofValues).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken for a field that is hidden, fixed, shown or computed', async () => {
    await fc.assert(
      fc.asyncProperty(anyType, answers, context, async (type, given, situation) => {
        const form = seedForm(type);
        const { chosen, fields, guidance } = await evaluateForm(form, given, situation, catalogue);
        for (const state of [...fields, ...guidance]) {
          if (!state.visible) expect(chosen.has(state.key)).toBe(false);
          if (state.fixed) expect(chosen.get(state.key)?.answered).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('an option of another parent', () => {
  const cascade = ['macroSegment', 'product', 'module', 'routineGroup'];
  const levels = ['MACRO_SEGMENT', 'PRODUCT', 'MODULE', 'ROUTINE_GROUP'];
  const ofLevel = (level: string | undefined) => fc.constantFrom(...seedCatalogue.filter((one) => one.level === level));

  it('is always refused, whatever else is chosen', async () => {
    const pair = fc.integer({ min: 1, max: 3 }).chain((at) => fc.tuple(fc.constant(at), ofLevel(levels[at - 1]), ofLevel(levels[at])));
    await fc.assert(
      fc.asyncProperty(pair, async ([at, above, below]) => {
        const up = above.path.split('/').map((_, depth, codes) => option(codes.slice(0, depth + 1).join('/')));
        const chosen = Object.fromEntries(up.map((id, depth) => [cascade[depth] ?? '', id]));
        const faults = inShort(await evaluate(seedForm('technical-support'), { ...chosen, [cascade[at] ?? '']: below.id }));
        expect(faults.includes(`${cascade[at]} OPTION_OF_ANOTHER_PARENT`)).toBe(below.parentId !== above.id);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused on the detail of a product line too', async () => {
    const detail = answersOf({ environment: option('erp/rm'), environmentDetail: option('erp/logix/environment:production') });
    const evaluation = await evaluateForm(seedForm('technical-support'), detail, buildContext(), catalogue);
    expect(inShort(evaluation)).toContain('environmentDetail OPTION_OF_ANOTHER_PARENT');
  });
});
