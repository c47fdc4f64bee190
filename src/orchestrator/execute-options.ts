import type { SettingsInput } from '../config/settings-schema.ts';
import type { CallRights } from './call-rights.ts';
import type { AskPerson } from './decisions/person-desk.ts';
import type { ReadAhead } from './run/read-ahead.ts';

/** Options that every way of running something takes. */
export interface ExecuteOptions {
  /** Aborting stops the run: what has arrived is kept, and the run ends as `interrupted`, or as `cancelled` where the reason is an error with the code `run.cancelled`. */
  signal?: AbortSignal | undefined;
  /**
   * What happens when everything that is left of a run waits, for a signal or for more than a minute. `rest`: the run is released with the status
   * `waiting`, and no process holds it until it is resumed. `stay`: this process keeps waiting. Default: `rest`; `stay` where the journal ends with the process.
   */
  whileWaiting?: 'rest' | 'stay' | undefined;
  /** Asks a person who is there what steps of the kinds `approval` and `question` ask. Default: nobody is there, and the run waits for `decideRun`. */
  person?: AskPerson | undefined;
  /** What agents may call in steps with tools, and who is asked about the rest. Default: they may look at a copy of the project, and run commands on it in the sandbox. */
  calls?: CallRights | undefined;
}

/** For a new run. */
export interface ExecuteWorkflowOptions extends ExecuteOptions {
  /** What `readAhead` took for this run: it counts as read by it, and the run begins at the server that has read it. */
  ahead?: ReadAhead | undefined;
  /** The id that the run is to have; it must be free. Default: a new one. */
  run?: string | undefined;
  /** How many runs share the model servers: each gets an equal part of their slots and of what these hold. Default: it is the only one. */
  runsAtOnce?: number | undefined;
}

/** For continuing a run, or building on one. */
export interface FollowRunOptions extends ExecuteOptions {
  /** Settings to use instead of those of the run's start, such as another model; they are recorded. */
  overrides?: SettingsInput | undefined;
  /** Also continue a run that was not started here. It matters only if the orchestrator has a `stateFolder` that tells. */
  trust?: boolean | undefined;
}
