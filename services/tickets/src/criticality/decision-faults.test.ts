import { toUserErrors } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sameText } from '../form/form-text.ts';
import { messages } from '../messages.ts';
import { type Conditions, type CriticalityRow, decideCriticality, factors, missedBy } from './criticality.ts';
import { tableFaults } from './decision-faults.ts';
import { factsReaching } from './decision-reach.ts';

const row = (id: string, when: Conditions = {}, changes: Partial<CriticalityRow> = {}): CriticalityRow => ({
  ...{ id, when, value: 'LOW', reason: sameText('Porque sim') },
  ...changes,
});
const last = row('last');
const faults = (...rows: CriticalityRow[]) =>
  tableFaults(rows, (list, code) => `${list} ${code}` !== 'EFFECT GONE').map(({ code, field = [] }) => `${code} ${field.join('.')}`);

describe('a decision table is refused', () => {
  it('for everything at once, by paths', () => {
    const blank = { 'pt-BR': 'Porque', en: '', es: 'a\nb' };
    expect(
      faults(
        row('Big Letters', { plan: [] }),
        row('long', { effect: ['DOWN', 'GONE'] }, { reason: { ...blank, 'pt-BR': 'x'.repeat(201) } }),
        row('long', { origin: ['PRODUCTION'] }),
      ),
    ).toEqual([
      'BAD_USER_INPUT rows.0.rule',
      'REQUIRED rows.0.when.plan',
      'UNKNOWN_CODE rows.1.when.effect.1',
      'TOO_LONG rows.1.reason.ptBR',
      'REQUIRED rows.1.reason.en',
      'BAD_USER_INPUT rows.1.reason.es',
      'DUPLICATE_ROW rows.2.rule',
      'LAST_ROW_MUST_MATCH_EVERYTHING rows.2.when',
    ]);
  });

  it('without rows, with too many, with a condition on too much', () => {
    expect(faults()).toEqual(['REQUIRED rows']);
    expect(faults(...Array.from({ length: 101 }, () => last))).toEqual(['TOO_MANY rows']);
    expect(faults(row('all', { effect: Array.from({ length: 51 }, (_, at) => `E${at}`) }), last)).toEqual(['TOO_MANY rows.0.when.effect']);
  });

  it.each<[string, CriticalityRow[], by: string]>([
    ['below one that matches everything', [row('all'), last], 'all'],
    [
      'below one that asks for less',
      [row('any-plan', { effect: ['DOWN', 'SLOW'] }), row('x', { effect: ['SLOW'], plan: ['PRIME'] }), last],
      'any-plan',
    ],
    [
      'below several that leave nothing',
      [row('prime', { plan: ['PRIME'] }), row('standard', { plan: ['STANDARD'] }), row('x', { plan: ['STANDARD', 'PRIME'] }), last],
      'prime, standard',
    ],
  ])('for a row %s, which never decides, naming what does', (_, rows, by) => {
    const [fault, ...more] = tableFaults(rows, () => true);
    expect([fault, more]).toMatchObject([{ code: 'ROW_NEVER_DECIDES', params: { by } }, []]);
    expect(toUserErrors(fault ? [fault] : [], 'en', messages)[0]?.message).toContain(`is decided above (${by})`);
  });

  it('not for a row that some ticket reaches, if only one that leaves out what the rows above ask about', () => {
    expect(faults(row('prime', { plan: ['PRIME'], effect: ['DOWN'] }), row('down', { effect: ['DOWN'] }), last)).toEqual([]);
    expect(faults(row('yes', { inClientCustomization: [true] }), row('no', { inClientCustomization: [false] }), last)).toEqual([]);
  });
});

describe('the facts that reach a row', () => {
  const values = { effect: ['A', 'B', 'C'], plan: ['STANDARD', 'PRIME'], inClientCustomization: [true, false] } as const;
  const when = fc.record(
    {
      effect: fc.subarray([...values.effect], { minLength: 1 }),
      plan: fc.subarray([...values.plan], { minLength: 1 }),
      inClientCustomization: fc.subarray([...values.inClientCustomization], { minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  const everyFact = [null, ...values.effect].flatMap((effect) =>
    [null, ...values.plan].flatMap((plan) => [null, true, false].map((inClientCustomization) => ({ effect, plan, inClientCustomization }))),
  );

  it('are found exactly where there are any', () => {
    fc.assert(
      fc.property(fc.array(when, { maxLength: 6 }), (conditions) => {
        const rows = [...conditions.map((asked, at) => row(`row-${at}`, asked)), last];
        const table = { edition: null, rows };
        for (const [index, { id }] of rows.entries()) {
          const facts = factsReaching(rows, index);
          const anyone = everyFact.some(
            (said) =>
              decideCriticality(table, { ...Object.fromEntries(factors.map((factor) => [factor, null])), ...said } as never).rule === id,
          );
          expect([id, facts !== null]).toEqual([id, anyone]);
          if (facts) expect([decideCriticality(table, facts).rule, missedBy(rows[index]?.when ?? {}, facts)]).toEqual([id, []]);
        }
      }),
    );
  });

  it('are not looked for without end', () => {
    const codes = (letter: string) => Array.from({ length: 50 }, (_, at) => `${letter}${at}`);
    const some = (letter: string, but: number) => codes(letter).filter((_, at) => at % 7 !== but % 7);
    const entangled = Array.from({ length: 50 }, (_, at) =>
      row(`row-${at}`, { category: some('c', at), origin: some('o', at * 3), effect: some('e', at * 5), impact: some('i', at * 2) }),
    );
    expect(factsReaching(entangled, entangled.length - 1)).toBeUndefined();
    expect(faults(...entangled, last)).toEqual([]);
  });
});
