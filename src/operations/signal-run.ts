import { sendWake } from '../orchestrator/scheduling/waiting-signals.ts';
import { type StandingRun, standingRun } from './show-run.ts';
import type { Workspace } from './workspace.ts';

export interface SignalledRun extends StandingRun {
  /** The tasks that wait for the signal now; without any it is kept until one does. */
  waiting: string[];
}

/**
 * Sends a run the signal that a step of it waits for, or will wait for. Whoever works on the run hands it on; one that nobody works on hears it when it is
 * resumed.
 * @param data What JSON can hold; the task that is woken is told. @throws MultiagentError `run.not_found`.
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
