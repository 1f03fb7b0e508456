import { expect, test } from '@jest/globals';
import { help, parseOptions } from './options.mjs';

const place = { root: '/project', cwd: '/home/someone' };

test('without options everything starts with demo data on port 4000', () => {
  expect(parseOptions([], place)).toEqual({
    options: { help: false, noDemo: false, reset: false, verbose: false, port: 4000, data: '/project/.data' },
    faults: [],
  });
});

test('a data folder is taken from where the user stands', () => {
  expect(parseOptions(['--data', 'here'], place).options.data).toBe('/home/someone/here');
  expect(parseOptions(['--data=/var/lib/atende'], place).options.data).toBe('/var/lib/atende');
});

test('all faults are told at once', () => {
  expect(parseOptions(['--port', 'many', '--colour', '--data'], place).faults).toEqual([
    '--port many: expected a number from 1 to 65535, as --port 4000',
    '--colour: not known',
    '--data: expected a folder, as --data /var/lib/atende',
  ]);
});

test.each(['0', '65536', '-1', '4e3', ''])('port %p is refused', (port) => {
  expect(parseOptions([`--port=${port}`], place).faults).toHaveLength(1);
});

test('the help names every option', () => {
  for (const name of ['--help', '--port', '--data', '--no-demo', '--reset', '--verbose']) expect(help).toContain(name);
});
