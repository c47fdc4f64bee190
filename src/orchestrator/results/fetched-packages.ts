import type { RunState } from '../../state/run/run-state.ts';
import type { OtherActivityRecord } from '../../state/run/run-records.ts';

/** Packages that were fetched for checks, or were to be. */
export interface FetchedPackages {
  /** As in `npm`. */
  manager: string;
  /** The files that name them, or need them. */
  named_in: string[];
  /** The task whose checks needed them first. */
  step: string;
  outcome: Ended['result']['outcome'];
  exit_code: number | null;
  /** Seconds. */
  duration: number;
  /** What it ran in; `off`: nothing. Null where it was not run. */
  sandbox: NonNullable<Ended['result']['sandbox']> | null;
  /** What the package manager said, or why it was not started. */
  output: string;
}

/** In the order in which they were begun. */
export function fetchedPackages(state: RunState): FetchedPackages[] {
  return installsOf(state).map(({ task, result }) => ({
    manager: result.manager,
    named_in: result.namedIn,
    step: task,
    outcome: result.outcome,
    exit_code: result.exitCode ?? null,
    duration: result.durationMilliseconds / 1000,
    sandbox: result.sandbox ?? null,
    output: result.output,
  }));
}

type Install = Extract<OtherActivityRecord, { kind: 'install' }>;
type Ended = Install & { result: NonNullable<Install['result']> };

/** Those that have ended. */
export function installsOf(state: RunState): Ended[] {
  return [...state.activities.values()].filter((known): known is Ended => known.kind === 'install' && known.result !== undefined);
}
