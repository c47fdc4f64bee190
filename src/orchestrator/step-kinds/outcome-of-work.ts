import { ModelError } from '../../llm/model-error.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { StepOptions } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';

/** What becomes of a task whose work throws: what a server may get over is tried again later, and nothing else. Rejects when the task was stopped. */
export async function outcomeOfWork({ run, task, assignment }: StepOptions, work: () => Promise<TaskOutcome>): Promise<TaskOutcome> {
  try {
    return await work();
  } catch (error) {
    assignment.signal.throwIfAborted();
    if (!(error instanceof MultiagentError)) run.logger.error('A step failed unexpectedly', { task: task.task, error });
    const described = describeError(error);
    if (!(error instanceof ModelError && error.kind === 'transient')) return { status: 'failed', error: described, again: 'never' };
    const failures = run.callRetries.failuresOf(task.task);
    const message = failures > 1 ? `${described.message} ${failures} tries in a row have failed.` : described.message;
    return { status: 'failed', error: { ...described, message }, again: 'later' };
  }
}
