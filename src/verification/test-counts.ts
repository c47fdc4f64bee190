import { stripVTControlCharacters } from 'node:util';

export interface TestCounts {
  passed: number;
  failed: number;
}

interface Runner {
  /** The first group is the number. */
  passed: RegExp;
  failed: RegExp;
  /** `last`: the last line is the total. `every`: there is a line for each part. */
  counts: 'last' | 'every';
}

/** The summary lines of test runners. */
const runners: readonly Runner[] = [
  // cargo
  { passed: /^test result: .*?(\d{1,9}) passed/gm, failed: /^test result: .*?(\d{1,9}) failed/gm, counts: 'every' },
  // .NET
  { passed: /\bFailed: +\d{1,9}, Passed: +(\d{1,9})/gm, failed: /\bFailed: +(\d{1,9}), Passed:/gm, counts: 'every' },
  // Jest and Vitest, which also count files in lines like these.
  { passed: /^ *Tests:? .*?(\d{1,9}) passed/gm, failed: /^ *Tests:? .*?(\d{1,9}) failed/gm, counts: 'last' },
  // pytest
  {
    passed: /^=* ?(?:\d.{0,200}? )?(\d{1,9}) passed\b.{0,200} in \d/gm,
    failed: /^=* ?(?:\d.{0,200}? )?(\d{1,9}) failed\b.{0,200} in \d/gm,
    counts: 'last',
  },
  // Playwright and Mocha
  { passed: /^ *(\d{1,9}) (?:passed|passing) \(/gm, failed: /^ *(\d{1,9}) (?:failed|failing)$/gm, counts: 'last' },
  // Node
  { passed: /^(?:#|ℹ) pass (\d{1,9})$/gm, failed: /^(?:#|ℹ) fail (\d{1,9})$/gm, counts: 'last' },
];

/** The counts that a test runner reports; undefined if its output is not recognised. */
export function testCounts(output: string): TestCounts | undefined {
  const text = stripVTControlCharacters(output).replaceAll('\r', '');
  for (const { passed, failed, counts } of runners) {
    const numbers = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, number]) => Number(number)).slice(counts === 'last' ? -1 : 0);
    const found = { passed: numbers(passed), failed: numbers(failed) };
    if (found.passed.length + found.failed.length > 0) return { passed: sum(found.passed), failed: sum(found.failed) };
  }
  return undefined;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
