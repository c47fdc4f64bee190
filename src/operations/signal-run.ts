import { sendWake } from '../orchestrator/scheduling/waiting-signals.ts';
import { type StandingRun, standingRun } from './show-run.ts';
import type { Workspace } from './workspace.ts';

/** How a run stood when it was sent a signal. */
export interface SignalledRun extends StandingRun {
  /** The tasks that wait for the signal now. If there are none, the signal is kept until a task waits for it. */
  waiting: string[];
}

/**
 * Sends a run the signal that one of its steps waits for, or will wait for. A process that works on the run hands it to the step; otherwise the run receives
 * it when it is resumed.
 * @param data Anything that JSON can hold; the woken task receives it. @throws MultiagentError `run.not_found`.
 * @example
 * const { waiting } = await signalRun(orchestrator, waitingRun, 'deployed', { version: '1.2.0' });
 * console.log(waiting.length); // 0
 */
export async function signalRun(
  workspace: Workspace,
  run: string,
  name: string,
  data: Record<string, unknown> = {},
): Promise<SignalledRun> {
  const standing = await standingRun(workspace, run);
  await sendWake(workspace.store, run, name, data);
  const tasks = [...standing.state.tasks.values()];
  return { ...standing, waiting: tasks.filter(({ waiting }) => waiting?.signal === name).map(({ task }) => task) };
}
