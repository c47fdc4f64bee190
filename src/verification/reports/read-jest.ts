import { parseJson, valueAt } from '../../utils/parse-json.ts';
import { type TestResult, testResults, type TestResults } from '../test-results.ts';

const outcomes: Readonly<Record<string, TestResult['outcome']>> = {
  passed: 'passed',
  failed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  todo: 'skipped',
  disabled: 'skipped',
};

/** Reads what `jest --json` writes. A file that fails before its first test counts as a failed test with the name of the file. */
export function readJest(report: string | undefined): TestResults | undefined {
  const files = report === undefined ? undefined : valueAt(parseJson(report), ['testResults']);
  if (!Array.isArray(files)) return undefined;
  return testResults(files.flatMap((file) => testsOf(file)));
}

function testsOf(file: unknown): TestResult[] {
  const told = valueAt(file, ['assertionResults']);
  const tests = (Array.isArray(told) ? (told as unknown[]) : []).flatMap((test): TestResult[] => {
    const outcome = outcomes[textAt(test, 'status')];
    if (outcome === undefined) return [];
    const messages = valueAt(test, ['failureMessages']);
    return [{ name: textAt(test, 'fullName'), outcome, message: Array.isArray(messages) ? messages.map(String).join('\n') : undefined }];
  });
  if (tests.length > 0 || textAt(file, 'status') !== 'failed') return tests;
  return [{ name: textAt(file, 'name'), outcome: 'failed', message: textAt(file, 'message') }];
}

function textAt(value: unknown, key: string): string {
  const found = valueAt(value, [key]);
  return typeof found === 'string' ? found : '';
}
