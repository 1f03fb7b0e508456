import { describe, expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { dockerfileText, execForm, only, readStages } from './dockerfile.ts';
import { buildContext } from './dockerignore.ts';

const stages = readStages();
const last = stages.at(-1)!;
const copiedFrom = (stage: (typeof stages)[number]) => stage.instructions.flatMap(({ flags }) => flags.from ?? []);

describe('the Dockerfile', () => {
  test('is one in the eyes of its linter', () => {
    expect(validate(dockerfileText()).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  test('starts from the Node of the bootstrap and a Debian that is still mended', () => {
    const names = new Set(stages.map(({ name }) => name));
    expect(stages.map(({ from }) => from).filter((from) => !names.has(from))).toEqual([
      'node:24.21.0-bookworm-slim',
      'debian:bookworm-slim',
    ]);
  });

  test('copies only from stages that stand before', () => {
    for (const [at, stage] of stages.entries()) {
      expect(stages.slice(0, at).map(({ name }) => name)).toEqual(expect.arrayContaining(copiedFrom(stage)));
    }
  });

  test('ends with an image that has no npm and runs as somebody without rights', () => {
    expect(last.from).toMatch(/^debian:/);
    expect(last.instructions.filter(({ name, flags }) => name === 'COPY' && !flags.from)).toEqual([]);
    expect(only(last, 'USER').rest).toBe('10001:10001'); // a number: Kubernetes sees that it is not root
    expect(last.instructions.filter(({ name }) => name === 'VOLUME')).toEqual([]); // an engine would keep one for every one-shot
  });

  test('starts node itself, so that SIGTERM reaches it, and asks the probe port whether it is well', () => {
    expect(execForm(only(last, 'ENTRYPOINT').rest)).toEqual(['node', '/atende/program/dist/main.js']);
    const [command, program] = execForm(only(last, 'HEALTHCHECK').rest.replace(/^.*?CMD /, ''));
    expect([command, program]).toEqual(['node', '--eval']);
    expect(only(last, 'HEALTHCHECK').rest).toMatch(/PROBE_PORT\}\/readyz/);
  });
});

describe('.dockerignore', () => {
  const letsThrough = buildContext();

  test.each([
    'package-lock.json',
    'services/tickets/src/main.ts',
    'services/tickets/migrations/x.ts',
    'gateway/explorer/index.html',
    'packages',
    'packages/service/package.json',
  ])('lets %s through', (path) => expect(letsThrough(path)).toBe(true));

  test.each([
    '.env',
    '.git/config',
    '.data/secrets/x',
    '.cache',
    'node_modules/x',
    'gateway/node_modules/x',
    'gateway/dist/main.js',
    'packages/stack/src/stack.ts',
    'README.md',
  ])('keeps %s away', (path) => expect(letsThrough(path)).toBe(false));
});
