import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { plainVariables } from './plain-variables.ts';

const schema = buildSchema('type Query { a(id: ID, f: Float): Int } enum Colour { RED } input Box { size: Int } scalar Any');
const operationWith = (variables: string) => parse(`query (${variables}) { a }`).definitions[0] as OperationDefinitionNode;

const TYPES = ['ID', 'ID!', 'String', 'String!', 'Int', 'Int! = 3', 'Int = 3', 'Float', 'Boolean!', '[Int]', 'Colour', 'Box', 'Any'];
const value = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', 'RED', 0, -0, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, true, [], [1], {}, { size: 1 }),
  fc.jsonValue(),
);

test('what is right beyond doubt is right for graphql-js too', () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.array(fc.record({ type: fc.constantFrom(...TYPES), value }), { minLength: 1, maxLength: 2 }), (given) => {
      const node = operationWith(given.map(({ type }, at) => `$v${at}: ${type}`).join(', '));
      const variables = Object.fromEntries(given.flatMap((one, at) => (one.value === undefined ? [] : [[`v${at}`, one.value]])));
      if (!plainVariables(node)(variables)) return;
      plain += 1;
      expect(getVariableValues(schema, node.variableDefinitions ?? [], variables).errors).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
  expect(plain).toBeGreaterThan(100);
});

test('nothing is read from a prototype', () => {
  expect(plainVariables(operationWith('$toString: String!'))({})).toBe(false);
  expect(plainVariables(operationWith('$toString: String'))({})).toBe(true);
});

test('one or two scalars are plain; an input object is left to graphql-js', () => {
  expect(plainVariables(operationWith('$id: ID!, $first: Int'))({ id: 'tkt_1', first: 20 })).toBe(true);
  expect(plainVariables(operationWith('$box: Box'))({ box: { size: 1 } })).toBe(false);
});
