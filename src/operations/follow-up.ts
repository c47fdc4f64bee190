import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { FollowRunOptions } from '../orchestrator/execute-options.ts';
import type { RefineOptions } from '../orchestrator/run/follow-up.ts';
import type { FollowUpHow } from '../orchestrator/run/plan-follow-up.ts';
import { type StartedRun, underWay } from './start-run.ts';

export interface FollowUpOptions extends FollowRunOptions {
  /**
   * Awaited once nothing keeps the run from going on but, perhaps, the model server, and before anything happens. `same`: the run itself goes on; `new`: another
   * one begins that builds on it.
   */
  beforeStart?: ((which: 'same' | 'new') => Promise<void>) | undefined;
}

/**
 * Goes on with a run that was cut off, with the settings of its start: what is finished is not done again, a reply in flight continues from its saved text.
 * @throws MultiagentError `run.not_found`, `run.complete`, `run.foreign`; LeaseHeldError while another process is at it. What comes later rejects `result`.
 */
export async function resumeRun(orchestrator: AgentOrchestrator, run: string, options: FollowUpOptions = {}): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'resume' }, options);
}

/** Does the failed tasks of a run again, or the one that is named, and what depends on them. @throws as `resumeRun`; MultiagentError `run.nothing_failed`, `run.unknown_task`. */
export async function retryRun(
  orchestrator: AgentOrchestrator,
  run: string,
  { task, ...options }: FollowUpOptions & { task?: string | undefined } = {},
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'retry', task }, options);
}

/** Begins a new run of the same workflow that takes over what does not rest on the task `from`. @throws as `resumeRun`; MultiagentError `run.unknown_task`. */
export async function rerunFrom(
  orchestrator: AgentOrchestrator,
  run: string,
  { from, ...options }: FollowUpOptions & { from: string },
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'rerun', from }, options);
}

/**
 * Begins a new run that makes a change on top of an earlier one, whose turns it inherits, so that only the change is read.
 * @throws as `resumeRun`; MultiagentError `run.not_finished` where no task is completed, `workflow.role_missing`.
 */
export async function refineRun(
  orchestrator: AgentOrchestrator,
  run: string,
  { request, role, followedBy, ...options }: FollowUpOptions & RefineOptions,
): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'refine', request, role, followedBy }, options);
}

async function followUp(
  orchestrator: AgentOrchestrator,
  run: string,
  how: FollowUpHow,
  { beforeStart, ...options }: FollowUpOptions,
): Promise<StartedRun> {
  const { id, state, execute } = await orchestrator.prepareFollowUp(run, how, options);
  await beforeStart?.(id === run ? 'same' : 'new');
  return underWay(orchestrator, { id, after: id === run ? state.lastSequence : 0, result: execute() });
}
