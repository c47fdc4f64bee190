import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** Code `run.complete`: nothing in the run was cut off, so there is nothing to resume. */
export function runComplete({ run, status }: Pick<RunState, 'run' | 'status'>): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'run.complete',
    message: `The run ${run} has ended (${status}); nothing of it was cut off.`,
    hint:
      status === 'failed'
        ? `multiagent retry ${run} does its failed tasks again.`
        : `multiagent refine ${run} "<what to change>" builds on it.`,
  });
}
