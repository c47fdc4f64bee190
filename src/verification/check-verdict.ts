import type { TestResults } from './test-results.ts';

/** What the outcome of a check means. */
export type CheckVerdict =
  /** Exit code 0; for tests, at least one ran. */
  | { kind: 'passed'; results?: TestResults | undefined }
  /** `firstFailure`: at most about 1,200 characters, what tells most first, without terminal codes and folders of the machine. */
  | { kind: 'failed'; results?: TestResults | undefined; firstFailure: string }
  /** No test was found, which does not count as passing. */
  | { kind: 'no_tests' }
  /** Something from a registry is not on this machine; the files are not at fault. */
  | { kind: 'missing_package'; name: string }
  | { kind: 'missing_tool'; tool: string }
  | { kind: 'timed_out' }
  /** `why` continues the phrase "not run:". */
  | { kind: 'not_run'; why: string };
