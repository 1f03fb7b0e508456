// A whole run loads the machine with itself. A file that fails in it is run once more, alone: what passes then is named as unsteady.

const MOST_FILES = 4; // more failures than these are no accident

/** Paths of the test files that failed, when they are few enough to be worth a second run. */
export function filesToRepeat(json) {
  const failed = (json?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);
  return failed.length <= MOST_FILES ? failed : [];
}

/** The counts of a run in which the repeated files count as they ended the second time. */
export function withSecondRun(first, second) {
  const repeated = first.testResults.filter(({ status }) => status === 'failed');
  const before = repeated.flatMap(({ assertionResults }) => assertionResults);
  const after = new Map(second.testResults.flatMap(({ assertionResults }) => assertionResults).map((one) => [one.fullName, one.status]));
  return {
    numPassedTests: first.numPassedTests - before.filter(({ status }) => status === 'passed').length + second.numPassedTests,
    numFailedTests: second.numFailedTests,
    numRuntimeErrorTestSuites: second.numRuntimeErrorTestSuites,
    unsteady: before.filter(({ status, fullName }) => status === 'failed' && after.get(fullName) === 'passed').map((one) => one.fullName),
  };
}

/** What a reader of the run has to know besides its counts; null when nothing was unsteady. */
export function unsteadyLines(results) {
  const names = results.flatMap(({ json }) => json?.unsteady ?? []);
  return names.length === 0 ? null : ['Failed at first, passed when run again alone:', ...names.map((name) => `  ${name}`)].join('\n');
}
