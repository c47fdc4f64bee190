import { keepingHere } from '../../llm/destinations/request-watch.ts';
import { isKeptHere } from '../../state/run/is-kept-here.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import { longestTimer } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { RunContext } from '../run-context.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import type { TaskAssignment, TaskOutcome } from '../task-executor.ts';

export interface WithinLimitsOptions {
  run: RunContext;
  kinds: StepKindRegistry;
  assignment: TaskAssignment;
}

type Work = (task: TaskRecord, assignment: TaskAssignment) => Promise<TaskOutcome>;

/** Does a task wherever it is done: nothing of one that is private leaves this machine, and none takes longer than it may. */
export async function withinLimits({ run, kinds, assignment }: WithinLimitsOptions, work: Work): Promise<TaskOutcome> {
  const { state } = run.journal;
  const task = state.tasks.get(assignment.task);
  if (task === undefined) throw new MultiagentError({ code: 'journal.inconsistent', message: `The run has no task "${assignment.task}".` });
  const own = kinds.get(task.kind).timeout === 'own' ? undefined : task.timeoutSeconds;
  const timed = () => withinTime({ task, assignment, own, limit: own === undefined ? run.taskTimeoutMilliseconds : own * 1000 }, work);
  // The role may have become private since the run began.
  return isKeptHere(state, task.task) || kinds.isPrivateRole(task.role) ? keepingHere(`The step ${task.task}`, timed) : timed();
}

interface TimeLimit {
  task: TaskRecord;
  assignment: TaskAssignment;
  /** The step's own, in seconds. */
  own: number | undefined;
  /** What counts, in milliseconds. */
  limit: number | undefined;
}

async function withinTime({ task, assignment, own, limit }: TimeLimit, work: Work): Promise<TaskOutcome> {
  if (limit === undefined) return work(task, assignment);
  const timeout = AbortSignal.timeout(Math.min(longestTimer, Math.ceil(limit)));
  const signal = AbortSignal.any([assignment.signal, timeout]);
  try {
    return await work(task, { ...assignment, signal });
  } catch (error) {
    if (!timeout.aborted || assignment.signal.aborted) throw error;
    const name = own === undefined ? 'task_timeout' : 'its timeout';
    const message = `The task took longer than ${name} allows (${limit / 1000} s). What arrived is kept.`;
    const hint = own === undefined ? 'Raise task_timeout, or leave it out.' : `Raise timeout of the step ${task.task}, or leave it out.`;
    return { status: 'failed', error: { code: 'task.timeout', message, hint }, again: 'if_asked' };
  }
}
