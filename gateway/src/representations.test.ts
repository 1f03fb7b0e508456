import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data } from './program.ts';
import { compileRequires } from './representations.ts';

const of = (typeCondition: string, ...names: string[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: names.map((name) => ({ kind: 'Field', name })),
});
const compile = (...requires: QueryPlanSelectionNode[]) => {
  const represent = compileRequires(requires, { Node: ['A', 'B'] });
  if (!represent) throw new Error('not compiled');
  return represent;
};

/** As it could be read from the specification: each object written whole, equal texts once. */
function plainly(targets: readonly Data[], fieldsOf: Record<string, string[]>) {
  const texts: string[] = [];
  const indexOf = targets.map((target) => {
    const fields = fieldsOf[String(target.__typename)];
    if (!fields || fields.some((field) => target[field] === undefined)) return -1;
    const text = JSON.stringify(Object.fromEntries(fields.map((field) => [field, target[field]])));
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  });
  return { text: texts.join(), count: texts.length, indexOf };
}

const value = fc.oneof(fc.constantFrom('1', 'a', '', '{"__typename":"A","id":1}'), fc.constantFrom(1, null, true, undefined), fc.json());
const target = fc.record({ __typename: fc.constantFrom('A', 'B', 'C', undefined), id: value, code: value }) as fc.Arbitrary<Data>;

describe('objects as a service is asked for them', () => {
  test.each([
    ['one type with one key', [of('A', '__typename', 'id')], { A: ['__typename', 'id'] }],
    ['a key of two fields', [of('A', '__typename', 'id', 'code')], { A: ['__typename', 'id', 'code'] }],
    ['a key without a name of its type', [of('A', 'id')], { A: ['id'] }],
    ['two types', [of('A', '__typename', 'id'), of('B', '__typename', 'code')], { A: ['__typename', 'id'], B: ['__typename', 'code'] }],
    ['an interface', [of('Node', '__typename', 'id')], { A: ['__typename', 'id'], B: ['__typename', 'id'] }],
    ['two parts of one key', [of('A', '__typename', 'id'), of('A', 'code')], { A: ['__typename', 'id', 'code'] }],
  ])('%s', (_name, requires, fields) => {
    const represent = compile(...requires);
    fc.assert(
      fc.property(fc.array(target, { maxLength: 12 }), (targets) => {
        expect(represent(targets)).toEqual(plainly(targets, fields as Record<string, string[]>));
      }),
    );
  });

  test('fields of a field, as @requires may ask for', () => {
    const represent = compile({
      ...of('A', '__typename', 'id'),
      selections: [
        { kind: 'Field', name: 'id' },
        { kind: 'Field', name: 'owner', selections: [{ kind: 'Field', name: 'id' }] },
      ],
    } as QueryPlanSelectionNode);
    const whole = { id: 2, owner: { id: 3, name: 'not asked for' } };
    const targets = [
      { __typename: 'A', id: 1, owner: null },
      { __typename: 'A', ...whole },
      { __typename: 'A', id: 4, owner: [{ id: 5 }, null] },
      { __typename: 'A', id: 6, owner: {} },
      { __typename: 'A', id: 7 },
      { __typename: 'A', ...whole },
    ];
    expect(represent(targets)).toEqual({
      text: '{"id":1,"owner":null},{"id":2,"owner":{"id":3}},{"id":4,"owner":[{"id":5},null]},{"id":6,"owner":null}',
      count: 4,
      indexOf: [0, 1, 2, 3, -1, 1],
    });
  });

  test('what is unusual is left to the stock executor', () => {
    const field = { kind: 'Field', name: 'id' } as const;
    const on = (...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
      kind: 'InlineFragment',
      typeCondition: 'A',
      selections,
    });
    const owner: QueryPlanSelectionNode = { kind: 'Field', name: 'owner', selections: [field] };
    for (const requires of [
      [field],
      [on({ ...field, alias: 'x' })],
      [on(owner), on(owner)],
      [on({ kind: 'Field', name: 'owner', selections: [on(field)] })],
      [on({ kind: 'Field', name: 'owner', selections: [{ ...field, alias: 'x' }] })],
    ])
      expect(compileRequires(requires, {})).toBeNull();
  });
});
