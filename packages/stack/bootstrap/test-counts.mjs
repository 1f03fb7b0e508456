// What a run of the tests amounts to, from what jest itself counted.

/** The last line of npm test. A suite that did not even load counts as one failure. */
export function closingLine(results) {
  const { passed, failed } = count(results);
  return `${passed} passed, ${failed} failed`;
}

/** A run without tests, without all of its projects, or with a crash is no pass. */
export function passes(results, projects) {
  const { passed, failed } = count(results);
  return passed > 0 && failed === 0 && results.length === projects && results.every(({ crash }) => !crash);
}

function count(results) {
  const sum = (of) => results.reduce((total, result) => total + of(result), 0);
  return {
    passed: sum(({ json }) => json?.numPassedTests ?? 0),
    failed: sum(({ json, crash }) => (json?.numFailedTests ?? 0) + (json?.numRuntimeErrorTestSuites ?? 0) + (crash ? 1 : 0)),
  };
}

/** Why a project is no pass although jest counted no failed test, or undefined. */
export function crashOf({ code, json }) {
  if (!json) return 'jest ended without a result';
  const failures = json.numFailedTests + json.numRuntimeErrorTestSuites;
  if (code !== 0 && failures === 0) return `jest ended with exit code ${code} although no test failed`;
  return undefined;
}
