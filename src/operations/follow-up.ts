import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { FollowRunOptions } from '../orchestrator/execute-options.ts';
import type { RefineOptions } from '../orchestrator/run/follow-up.ts';
import type { FollowUpHow } from '../orchestrator/run/plan-follow-up.ts';
import { type StartedRun, underWay } from './start-run.ts';

/** How a run is continued or built on, and what is awaited before that begins. */
export interface FollowUpOptions extends FollowRunOptions {
  /**
   * Awaited before anything happens, once nothing but perhaps the model server keeps the run from starting. `same`: the run itself continues; `new`: a new run
   * starts that builds on it.
   */
  beforeStart?: ((which: 'same' | 'new') => Promise<void>) | undefined;
}

/**
 * Continues a run that was cut off, with the settings of its start. Finished tasks are not repeated, and a reply in flight continues from its saved text.
 * @throws MultiagentError `run.not_found`, `run.complete`, `run.foreign`; LeaseHeldError while another process works on the run. Later errors reject `result`.
 * @example
 * const { id, result } = await resumeRun(orchestrator, waitingRun);
 * console.log(id === waitingRun); // true
 * console.log((await result).status); // waiting
 */
export async function resumeRun(orchestrator: AgentOrchestrator, run: string, options: FollowUpOptions = {}): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'resume' }, options);
}

/**
 * Repeats the failed tasks of a run, or the named one, and what depends on them. @throws what `resumeRun` throws; MultiagentError `run.nothing_failed`, `run.unknown_task`.
 * @example
 * const { result } = await retryRun(orchestrator, run, { task: 'release_notes' });
 * console.log((await result).status); // completed
 */
export async function retryRun(
  orchestrator: AgentOrchestrator,
  run: string,
  { task, ...options }: FollowUpOptions & { task?: string | undefined } = {},
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'retry', task }, options);
}

/**
 * Starts a new run of the same workflow that takes over what does not depend on the task `from`. @throws what `resumeRun` throws; MultiagentError `run.unknown_task`.
 * @example
 * const { id, result } = await rerunFrom(orchestrator, run, { from: 'regression_testing' });
 * console.log(id === run); // false
 * console.log(Object.keys((await result).tasks).length); // 4
 */
export async function rerunFrom(
  orchestrator: AgentOrchestrator,
  run: string,
  { from, ...options }: FollowUpOptions & { from: string },
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'rerun', from }, options);
}

/**
 * Starts a new run that makes a change on top of an earlier one. It inherits the earlier turns, so that the model reads only the change.
 * @throws what `resumeRun` throws; MultiagentError `run.not_finished` where no task is completed, `workflow.role_missing`.
 * @example
 * const { result } = await refineRun(orchestrator, run, { request: 'Todos are listed by their date.', followedBy: ['testing'] });
 * for (const { task_id, status } of Object.values((await result).tasks)) console.log(task_id, status);
 */
export async function refineRun(
  orchestrator: AgentOrchestrator,
  run: string,
  { request, role, followedBy, ...options }: FollowUpOptions & RefineOptions,
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'refine', request, role, followedBy }, options);
}

/** Follows a run up. @throws what `resumeRun` throws. */
export async function followUp(
  orchestrator: AgentOrchestrator,
  run: string,
  how: FollowUpHow,
  { beforeStart, ...options }: FollowUpOptions,
): Promise<StartedRun> {
  const { id, state, execute } = await orchestrator.prepareFollowUp(run, how, options);
  await beforeStart?.(id === run ? 'same' : 'new');
  return underWay(orchestrator, { id, after: id === run ? state.lastSequence : 0, result: execute() });
}
