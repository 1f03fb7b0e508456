import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { repositoryRoot } from '../repository.ts';
import { emptyPlaces, faultsOf, operationOf, readExamples } from './examples.ts';

const folder = join(repositoryRoot, 'examples');
const examples = readExamples(folder).map((example) => [example.name, example] as const);

test.each(examples)(
  '%s has a title, one operation that is named after the file, and its variables beside it',
  (name, { title, query, variables }) => {
    expect(title).toMatch(/^[A-Z]/);
    const { name: called, variableDefinitions = [] } = operationOf(parse(query));
    const words = name.replace(/^\d+-/, '').split('-');
    expect(called?.value).toBe(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
    expect(Object.keys(variables)).toEqual(variableDefinitions.map(({ variable }) => variable.name.value));
  },
);

test('every file of the folder is an example, the variables of one, or the README that names them all', () => {
  const known = examples.flatMap(([name]) => [`${name}.graphql`, `${name}.variables.json`]);
  expect(readdirSync(folder).filter((file) => !known.includes(file))).toEqual(['README.md']);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(examples.map(([name]) => name).filter((name) => !readme.includes(`](${name}.graphql)`))).toEqual([]);
});

test('an answer that shows nothing is seen', () => {
  expect(emptyPlaces({ a: { edges: [] }, b: [], c: null, d: { edges: [1] }, e: { x: null } })).toEqual(['a', 'b', 'c']);
  expect(emptyPlaces(null)).toEqual(['data']);
  expect(faultsOf({ data: { a: { errors: ['x'] }, b: {} } })).toEqual(['x']);
});
