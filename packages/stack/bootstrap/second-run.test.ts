import { expect, test } from '@jest/globals';
import { filesToRepeat, unsteadyLines, withSecondRun } from './second-run.mjs';

type Statuses = Record<string, string>;
const file = (name: string, tests: Statuses) => ({
  name,
  status: Object.values(tests).includes('failed') ? 'failed' : 'passed',
  assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })),
});
function run(...files: ReturnType<typeof file>[]) {
  const statuses = files.flatMap(({ assertionResults }) => assertionResults).map(({ status }) => status);
  return {
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numFailedTests: statuses.filter((status) => status === 'failed').length,
    numRuntimeErrorTestSuites: 0,
    testResults: files,
  };
}

const first = run(file('/a.test.ts', { 'a holds': 'passed', 'a waits': 'failed' }), file('/b.test.ts', { 'b holds': 'passed' }));

test('only files that failed are run again', () => {
  expect(filesToRepeat(first)).toEqual(['/a.test.ts']);
  expect(filesToRepeat(undefined)).toEqual([]);
});

test('many failures are believed at once', () => {
  const many = run(...'abcde'.split('').map((name) => file(`/${name}.test.ts`, { [name]: 'failed' })));
  expect(filesToRepeat(many)).toEqual([]);
});

test('what passes the second time counts as passed, and is named', () => {
  const json = withSecondRun(first, run(file('/a.test.ts', { 'a holds': 'passed', 'a waits': 'passed' })));
  expect(json).toMatchObject({ numPassedTests: 3, numFailedTests: 0, unsteady: ['a waits'] });
  expect(unsteadyLines([{ json }])).toBe('Failed at first, passed when run again alone:\n  a waits');
});

test('what fails twice has failed', () => {
  const json = withSecondRun(first, run(file('/a.test.ts', { 'a holds': 'failed', 'a waits': 'failed' })));
  expect(json).toMatchObject({ numPassedTests: 1, numFailedTests: 2, unsteady: [] });
  expect(unsteadyLines([{ json }, { json: undefined }])).toBeNull();
});

test('a file that does not even load the second time is a failure', () => {
  const json = withSecondRun(first, { ...run(), numRuntimeErrorTestSuites: 1 });
  expect(json).toMatchObject({ numPassedTests: 1, numFailedTests: 0, numRuntimeErrorTestSuites: 1 });
});
