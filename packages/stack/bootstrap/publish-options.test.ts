import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publishOptions } from './publish-options.mjs';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'publish-'));
  mkdirSync(join(root, 'services', 'tickets'), { recursive: true });
  writeFileSync(join(root, 'services', 'tickets', 'schema.graphql'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

const options = (args: string[], env: Record<string, string> = {}) => publishOptions(args, { root, cwd: '/home/ana', env });
const schema = () => ['--schema', join(root, 'services', 'tickets', 'schema.graphql')];
const local = () => ['--registry', join(root, '.data', 'registry')];

test('a service is its own schema, and the registry that of the stack here', () => {
  expect(options(['tickets']).words).toEqual(['tickets', ...schema(), ...local()]);
  expect(options(['--dry-run', 'tickets']).words).toEqual(['--dry-run', 'tickets', ...schema(), ...local()]);
  expect(options(['--data', 'mine', 'tickets']).words).toEqual(['tickets', ...schema(), '--registry', '/home/ana/mine/registry']);
});

test('what is given wins, then what the environment says', () => {
  const env = { REGISTRY: 'https://registry', REGISTRY_TOKEN_FILE: '/token' };
  expect(options(['tickets'], env).words).toEqual(['tickets', ...schema(), '--registry', 'https://registry', '--token-file', '/token']);
  expect(options(['other', '--schema', 'x', '--registry', 'r', '--token-file=t'], env).words).toEqual([
    'other',
    '--schema',
    'x',
    '--registry',
    'r',
    '--token-file=t',
  ]);
});

test('no schema is looked for where none is published', () => {
  expect(options(['gone', '--rollback']).words).toEqual(['gone', '--rollback', ...local()]);
  expect(options(['--history']).words).toEqual(['--history', ...local()]);
  expect(options(['--store', 'portal', 'documents']).words).toEqual(['--store', 'portal', 'documents', ...local()]);
});

test('the examples must go on working', () => {
  mkdirSync(join(root, 'examples'));
  expect(options(['tickets']).words).toEqual(['tickets', ...schema(), ...local(), '--documents', join(root, 'examples')]);
  rmSync(join(root, 'examples'), { recursive: true });
});

test.each([[[]], [['nobody']], [['../../etc']], [['--by', 'tickets']]])('a service that is not here is asked for: %j', (args) => {
  expect(options(args).faults).toEqual(['which service? There are tickets; another one needs --schema FILE']);
});

test('a switch that npm has swallowed is not lost', () => {
  expect(options(['tickets'], { npm_config_dry_run: 'true' }).words).toContain('--dry-run');
  expect(options(['tickets'], { npm_config_rollback: 'true' }).faults).toEqual([expect.stringContaining('behind a --')]);
});
