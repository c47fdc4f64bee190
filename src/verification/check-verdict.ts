import type { TestResults } from './test-results.ts';

/** What the end of a check means. */
export type CheckVerdict =
  /** Exit code 0, and of tests at least one that ran. */
  | { kind: 'passed'; results?: TestResults | undefined }
  /** `firstFailure`: at most about 1,200 characters, what tells most first, without terminal codes and folders of the machine. */
  | { kind: 'failed'; results?: TestResults | undefined; firstFailure: string }
  /** No test was found: that is no pass. */
  | { kind: 'no_tests' }
  /** Something from a registry that is not on this machine: no fault of the files. */
  | { kind: 'missing_package'; name: string }
  | { kind: 'missing_tool'; tool: string }
  | { kind: 'timed_out' }
  /** `why` goes on after "not run:". */
  | { kind: 'not_run'; why: string };
