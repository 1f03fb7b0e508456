import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readExamples } from './examples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an example has a title and a person in its first line, and variables beside it', () => {
  const query = '# One ticket, over all services, as ana@acme.example\nquery Ticket { node { id } }\n';
  writeFileSync(join(folder, '02-ticket.graphql'), query);
  writeFileSync(join(folder, '02-ticket.variables.json'), '{ "id": "x" }\n');
  writeFileSync(join(folder, '01-menu.graphql'), '# The menu\n{ node { id } }\n');
  writeFileSync(join(folder, 'README.md'), '');
  expect(readExamples(folder)).toEqual([
    { name: '01-menu', title: 'The menu', as: null, query: '# The menu\n{ node { id } }\n', variables: '' },
    { name: '02-ticket', title: 'One ticket, over all services', as: 'ana@acme.example', query, variables: '{ "id": "x" }\n' },
  ]);
});

test('a folder that is not there has none', () => {
  expect(readExamples(join(folder, 'nowhere'))).toEqual([]);
});
