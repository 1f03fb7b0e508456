import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceSettings, setting } from '@atende/service';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { repositoryRoot } from './repository.ts';
import { ownSettings, serviceNames } from './settings.ts';
import { defaultsOf, defaultsToldIn } from './settings-table.ts';

const toldBy = (folder: string) => defaultsToldIn(readFileSync(join(repositoryRoot, folder, 'README.md'), 'utf8'));

test('the README of packages/service tells what every service reads', () => {
  expect(toldBy('packages/service')).toEqual(defaultsOf(serviceSettings));
});

const programs = [['gateway', 'gateway'], ...serviceNames().map((name) => [name, `services/${name}`])] as [string, string][];

test.each(programs)('the README of %s tells what it reads beside that', async (name, folder) => {
  expect(toldBy(folder)).toEqual(defaultsOf(await ownSettings(name)));
});

test('a table of several names to a row is read name by name', () => {
  const text = [
    '## Environment',
    '| variable | what | default |',
    '|---|---|---|',
    '| `A` `B` | two | `x`, – |',
    '| `C`, `D` | two alike | none |',
    '| E | its own bar \\| | 3 |',
    '## After',
    '| F | no | 1 |',
  ].join('\n');
  expect(defaultsToldIn(text)).toEqual({ A: 'x', B: '–', C: 'none', D: 'none', E: '3' });
});

test('settings say what happens when they are left out', () => {
  const flag = z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1');
  const settings = {
    NEEDED: setting(z.string(), '', ''),
    FREE: setting(z.string().optional(), '', ''),
    FLAG: setting(flag, '', ''),
    WORD: setting(
      z
        .enum(['true', 'false'])
        .default('false')
        .transform((value) => value === 'true'),
      '',
      '',
    ),
    NUMBER: setting(z.coerce.number().default(8), '', ''),
  };
  expect(defaultsOf(settings)).toEqual({ NEEDED: '–', FREE: 'none', FLAG: '0', WORD: 'false', NUMBER: '8' });
});
