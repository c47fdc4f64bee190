import type { SettingsInput } from '../config/settings-schema.ts';
import type { CheckRunOptions } from './checks/check-run.ts';
import type { ReadAhead } from './conversation/read-ahead.ts';

export interface ExecuteOptions {
  /** Aborting stops the run: what has arrived is kept, and the run ends as `interrupted`, or as `cancelled` where the reason is an error with the code `run.cancelled`. */
  signal?: AbortSignal | undefined;
}

export interface ExecuteWorkflowOptions extends ExecuteOptions {
  /** What `readAhead` took for this run: it counts as read by it, and the run begins at the server that has read it. */
  ahead?: ReadAhead | undefined;
}

export interface FollowRunOptions extends ExecuteOptions {
  /** Settings to use instead of those of the run's start, such as another model; they are recorded. */
  overrides?: SettingsInput | undefined;
}

export type CheckOptions = ExecuteOptions & Pick<CheckRunOptions, 'command' | 'timeoutMilliseconds' | 'environment' | 'secrets'>;
