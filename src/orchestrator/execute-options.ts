import type { SettingsInput } from '../config/settings-schema.ts';
import type { CheckRunOptions } from './check-run.ts';
import type { ReadAhead } from './run/read-ahead.ts';

/** What every way of running something takes. */
export interface ExecuteOptions {
  /** Aborting stops the run: what has arrived is kept, and the run ends as `interrupted`, or as `cancelled` where the reason is an error with the code `run.cancelled`. */
  signal?: AbortSignal | undefined;
}

/** For a new run. */
export interface ExecuteWorkflowOptions extends ExecuteOptions {
  /** What `readAhead` took for this run: it counts as read by it, and the run begins at the server that has read it. */
  ahead?: ReadAhead | undefined;
  /** The id that the run is to have; it must be free. Default: a new one. */
  run?: string | undefined;
}

/** For going on with a run, or building on one. */
export interface FollowRunOptions extends ExecuteOptions {
  /** Settings to use instead of those of the run's start, such as another model; they are recorded. */
  overrides?: SettingsInput | undefined;
  /** Go on also with a run that was not begun here. Counts where the orchestrator has a `stateFolder` to know it from. */
  trust?: boolean | undefined;
}

/** A command of the user's own: what to run, for how long at most, with which variables and network, and what must not be kept of its output. */
export type CheckOptions = ExecuteOptions &
  Pick<CheckRunOptions, 'command' | 'timeoutMilliseconds' | 'environment' | 'network' | 'secrets'>;
