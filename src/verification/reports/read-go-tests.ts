import { parseJson, valueAt } from '../../utils/parse-json.ts';
import { type TestResult, testResults, type TestResults } from '../test-results.ts';

const outcomes: Readonly<Record<string, TestResult['outcome']>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };
const longestOutput = 16 * 1024;

/** Reads what `go test -json` writes, a line of JSON for each event. A package that does not compile counts as a failed test with the name of the package. */
export function readGoTests(report: string | undefined): TestResults | undefined {
  if (report === undefined) return undefined;
  const printed = new Map<string, string>();
  const tests: TestResult[] = [];
  /** Entries whose parts are reported already: a test by its subtests, a package by its tests. */
  const told = new Set<string>();
  let events = 0;
  const add = (name: string, outcome: TestResult['outcome']) => tests.push({ name, outcome, message: printed.get(name) });

  for (const line of report.split('\n')) {
    const event = parseJson(line);
    const [action, test, output] = ['Action', 'Test', 'Output'].map((key) => valueAt(event, [key]));
    const of = valueAt(event, ['Package']) ?? valueAt(event, ['ImportPath']);
    if (typeof action !== 'string' || typeof of !== 'string') continue;
    events += 1;
    const name = typeof test === 'string' ? `${of} > ${test}` : of;
    const before = printed.get(name) ?? '';
    if (typeof output === 'string' && before.length < longestOutput) printed.set(name, before + output);
    if (action === 'build-fail') add(of, 'failed');
    const outcome = outcomes[action];
    if (outcome === undefined) continue;
    if (typeof test === 'string') {
      if (test.includes('/')) told.add(`${of} > ${test.slice(0, test.lastIndexOf('/'))}`);
      if (outcome === 'failed') told.add(of);
      if (!told.has(name)) add(name, outcome);
    } else if (outcome === 'failed' && typeof valueAt(event, ['FailedBuild']) !== 'string' && !told.has(of)) add(of, 'failed');
  }
  return events === 0 ? undefined : testResults(tests);
}
