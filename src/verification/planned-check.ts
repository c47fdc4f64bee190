import type { CheckVerdict } from './check-verdict.ts';
import type { TestResults } from './test-results.ts';

/** One command that tells whether the files work. */
export interface PlannedCheck {
  /** Which recipe planned it, as in `pytest`. */
  recipe: string;
  kind: CheckKind;
  /** For the shell (`sh -c`), in the folder of the files. */
  command: string;
  /** Programs that have to be on PATH; the first missing one is reported. */
  tools: readonly string[];
  /** Where the command writes its results, relative to the folder; absent: they are read from the output. */
  report?: string | undefined;
  /** Reads the results; undefined if there are none (the command died before). */
  readResults?: ((source: ResultSource) => TestResults | undefined) | undefined;
  /** For a program that is a single test: its name. It passes or fails by its exit code. */
  singleTest?: string | undefined;
  /** What kept the command from giving a result, read from its output or from the message of a failed test. */
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

/** Outcomes of a check that say nothing about the files. */
export type CheckObstacle = Extract<CheckVerdict, { kind: 'no_tests' | 'missing_package' | 'missing_tool' | 'not_run' }>;
