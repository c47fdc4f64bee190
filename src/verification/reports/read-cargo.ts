import { type TestResult, testResults, type TestResults } from '../test-results.ts';

const outcomes: Readonly<Record<string, TestResult['outcome']>> = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' };
const sum = /^test result: \w{1,10}\. (\d{1,9}) passed; (\d{1,9}) failed; (\d{1,9}) ignored;/;

/**
 * Reads the output of `cargo test` and of Rust's test programs; there is a total for each program. The output of a test itself is in a section of its own
 * and is never a total.
 */
export function readCargo(output: string): TestResults | undefined {
  const tests: TestResult[] = [];
  const messages = new Map<string, string>();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let sums = 0;
  let printing: string | undefined;
  for (const line of output.split('\n')) {
    printing = line === 'failures:' ? undefined : (/^---- (.{1,400}) stdout ----$/.exec(line)?.[1] ?? printing);
    if (printing !== undefined) {
      messages.set(printing, `${messages.get(printing) ?? ''}${line}\n`);
      continue;
    }
    const [, name, told] = /^test (.{1,400}) \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    const outcome = told === undefined ? undefined : outcomes[told];
    if (name !== undefined && outcome !== undefined) tests.push({ name, outcome });
    const [, passed, failed, ignored] = sum.exec(line) ?? [];
    if (passed === undefined) continue;
    sums += 1;
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  const told = tests.map((test) => ({ ...test, message: messages.get(test.name) }));
  return sums === 0 ? undefined : testResults(told, counts);
}
