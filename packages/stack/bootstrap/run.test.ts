import { expect, test } from '@jest/globals';
import { run, SetUpError } from './run.mjs';

test('a program that fails tells its code and the end of what it wrote, line by line', async () => {
  const { code, output } = await run('/bin/sh', ['-c', 'seq 100; printf "half " >&2; sleep 0.05; echo line >&2; exit 3']);
  expect(code).toBe(3);
  expect(output.split('\n')).toHaveLength(60);
  expect(output.split('\n').at(-1)).toBe('half line');
});

test('a program that is not there is a failure with a reason', async () => {
  expect(await run('atende-no-such-program', [])).toEqual({ code: 127, output: 'atende-no-such-program: not installed' });
});

test('a failed step tells the reason, what the program wrote, and what mends it', () => {
  const error = new SetUpError('npm could not get Node', { output: 'E404', mend: 'install Node 24' });
  expect(error.message).toBe('npm could not get Node\nE404\nTo mend it: install Node 24');
});
