import type { RunOptions } from '../run-options.ts';

export type ViewName = 'json' | 'none' | 'plain' | 'live';

export interface ChooseViewOptions {
  options: RunOptions;
  /** Whether standard output is a terminal. */
  output: 'terminal' | 'other';
  environment: Readonly<Record<string, string | undefined>>;
}

/** The live view needs a terminal that can move its cursor, and nothing else may write to it, as the log does with --verbose. */
export function chooseView({ options, output, environment }: ChooseViewOptions): ViewName {
  if (options.json) return 'json';
  if (options.quiet) return 'none';
  if (options.verbose || output === 'other' || environment['TERM'] === 'dumb' || isSet(environment['CI'])) return 'plain';
  return 'live';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(|0|false)$/i.test(value);
}
