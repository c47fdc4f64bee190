import type { CheckVerdict } from './check-verdict.ts';
import type { TestResults } from './test-results.ts';

/** One command that tells whether what lies there works. */
export interface PlannedCheck {
  /** Which recipe planned it, as in `pytest`. */
  recipe: string;
  kind: CheckKind;
  /** For the shell (`sh -c`), in the folder of the files. */
  command: string;
  /** Programs that have to be on PATH; the first one missing is told. */
  tools: readonly string[];
  /** Where the command writes its results, relative to the folder; absent: they are read from the output. */
  report?: string | undefined;
  /** Reads the results; undefined where they are not there (the command died before). */
  readResults?: ((source: ResultSource) => TestResults | undefined) | undefined;
  /** For a program that is one test by itself: its name. It passes or fails by its exit code. */
  singleTest?: string | undefined;
  /** What kept the command from telling anything, read from what it printed or from the message of a failed test. */
  findObstacle?: ((text: string) => CheckObstacle | undefined) | undefined;
}

/** The cheapest first. */
export const checkKinds = ['syntax', 'types', 'build', 'tests'] as const;
export type CheckKind = (typeof checkKinds)[number];

export interface ResultSource {
  /** Without terminal codes. */
  output: string;
  report: string | undefined;
}

/** Ends of a check that say nothing about the files. */
export type CheckObstacle = Extract<CheckVerdict, { kind: 'no_tests' | 'missing_package' | 'missing_tool' | 'not_run' }>;
