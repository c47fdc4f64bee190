import type { RunState, TaskRecord } from '../../state/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/**
 * The reply that counts for a task, byte for byte; of one that is not done yet what has arrived of its latest.
 * @throws MultiagentError `run.no_reply`.
 */
export function replyOfTask(state: RunState, { task, turn, activities }: TaskRecord): string {
  const activity = turn === undefined ? activities.at(-1) : state.activities.get(turn.replied);
  if (activity !== undefined) return activity.text;
  throw noReply(state.run, task);
}

export function noReply(run: string, task: string): MultiagentError {
  return new MultiagentError({
    code: 'run.no_reply',
    message: `The task ${task} of the run ${run} has not asked the model anything yet.`,
    hint: `"multiagent show ${run}" shows how far each task is.`,
  });
}
