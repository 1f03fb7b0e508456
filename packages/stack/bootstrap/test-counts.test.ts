import { expect, test } from '@jest/globals';
import { closingLine, crashOf, passes } from './test-counts.mjs';

const result = (numPassedTests: number, numFailedTests = 0, numRuntimeErrorTestSuites = 0) => ({
  name: 'unit',
  code: numFailedTests + numRuntimeErrorTestSuites > 0 ? 1 : 0,
  json: { numPassedTests, numFailedTests, numRuntimeErrorTestSuites },
});

test('the closing line adds up what jest counted in all projects', () => {
  expect(closingLine([result(12), result(3, 2)])).toBe('15 passed, 2 failed');
});

test('a suite that does not load is a failure', () => {
  expect(closingLine([result(1, 0, 1)])).toBe('1 passed, 1 failed');
  expect(passes([result(1, 0, 1)], 1)).toBe(false);
});

test('a run without tests is no pass', () => {
  expect(passes([result(0), result(0)], 2)).toBe(false);
});

test('a run that did not get to all projects is no pass', () => {
  expect(passes([result(5)], 2)).toBe(false);
});

test('a project without tests for the pattern does not spoil the others', () => {
  expect(passes([result(5), result(0)], 2)).toBe(true);
});

test('jest ending badly without a failed test is a crash and counts as a failure', () => {
  const crashed = { name: 'unit', code: 1, json: result(5).json };
  expect(crashOf(crashed)).toBe('jest ended with exit code 1 although no test failed');
  expect(closingLine([{ ...crashed, crash: crashOf(crashed) }])).toBe('5 passed, 1 failed');
});

test('jest ending without a result is a crash', () => {
  const crash = crashOf({ name: 'unit', code: 137, json: undefined });
  expect(closingLine([{ name: 'unit', code: 137, json: undefined, crash }])).toBe('0 passed, 1 failed');
});
