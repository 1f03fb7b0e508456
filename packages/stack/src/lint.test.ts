import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { repositoryRoot } from './repository.ts';

const biome = join(repositoryRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
let house: string; // the project's lint rules over files of the test's own

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'lint-'));
  for (const part of ['biome.json', '.gitignore', 'packages/stack/lint']) {
    cpSync(join(repositoryRoot, part), join(house, part), { recursive: true });
  }
});
afterAll(() => rmSync(house, { recursive: true }));

/** What lint says of a text as if it lay at this path. */
async function lint(path: string, text: string): Promise<string> {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
  const child = spawn(process.execPath, [biome, 'lint', path], { cwd: house, stdio: 'pipe' });
  const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  return [...out, ...err].join('');
}

test.each([
  ['export const c = (em: Em) => em.getConnection();', 'skips row-level security'],
  ['export const c = (em: Em) => em.getKysely();', 'skips row-level security'],
  ['export const now = () => new Date();', 'take it from the clock'],
  ['export const now = () => Date.now();', 'take it from the clock'],
  ['export const x = process.env.PORT;', 'noProcessEnv'],
  ['console.log(1);', 'noConsole'],
  ['export const x = (y: any) => y;', 'noExplicitAny'],
])('a service is told where to go instead of: %s', async (text, says) => {
  expect(await lint('services/tickets/src/probe.ts', text)).toContain(says);
});

test('config.ts is where the environment is read', async () => {
  expect(await lint('packages/service/src/config.ts', 'export const x = process.env.PORT;\n')).toContain('Checked 1 file');
});

test('an import that decorator metadata needs is not turned into one of types', async () => {
  const imports = "import { Arg, Query, Resolver } from 'type-graphql';\nimport { Input } from './input.graphql.ts';\n";
  const resolver = `${imports}@Resolver()\nexport class R {\n  @Query(() => String) q(@Arg('input') input: Input) { return input; }\n}\n`;
  expect(await lint('services/tickets/src/probe.resolver.ts', resolver)).not.toContain('useImportType');
  const plain = "import { Input } from './input.ts';\nexport const x = (input: Input) => input;\n";
  expect(await lint('services/tickets/src/probe.ts', plain)).toContain('useImportType');
});
