import { printable, printableLine, shorten } from '../utils/printable.ts';

export interface TestResult {
  /** At most 200 characters, safe to show. */
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed, safe to show: its beginning and its end; in a verdict at most 1,200 characters, and of the first 20 that failed. */
  message?: string | undefined;
}

export interface TestResults {
  passed: number;
  failed: number;
  skipped: number;
  /** At most 200 of them, failed ones first; the numbers count all. */
  tests: readonly TestResult[];
}

const mostTests = 200;
const longestName = 200;
const longestMessage = 4000;

const order = { failed: 0, skipped: 1, passed: 2 } as const;

/** The results that a runner reported, shortened and made safe to show. @param counts Its own counts, if it named fewer tests than it ran. */
export function testResults(
  told: readonly TestResult[],
  counts: Pick<TestResults, 'passed' | 'failed' | 'skipped'> = {
    passed: countOf(told, 'passed'),
    failed: countOf(told, 'failed'),
    skipped: countOf(told, 'skipped'),
  },
): TestResults {
  const kept = told.toSorted((a, b) => order[a.outcome] - order[b.outcome]).slice(0, mostTests);
  return { ...counts, tests: kept.map(shownTest) };
}

function countOf(tests: readonly TestResult[], outcome: TestResult['outcome']): number {
  return tests.reduce((count, test) => (test.outcome === outcome ? count + 1 : count), 0);
}

function shownTest({ name, outcome, message }: TestResult): TestResult {
  // Cut before and after: an escaped character is longer.
  const shown = shorten(printableLine(name.slice(0, longestName)), longestName);
  if (outcome !== 'failed' || message === undefined || message.trim() === '') return { name: shown, outcome };
  return { name: shown, outcome, message: printable(withoutMiddle(message)) };
}

/** Some runners say the most at the beginning, others at the end. */
function withoutMiddle(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage / 2)}\n…\n${text.slice(-longestMessage / 2)}`;
}
