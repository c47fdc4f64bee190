import { findRun } from '../../operations/find-run.ts';
import { rerunFrom } from '../../operations/follow-up.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { followUpRun } from '../follow-up-run.ts';

/** `multiagent rerun [run] --from <task>` */
export async function rerun(reference: string | undefined, { from, ...options }: RunOptions & { from: string }): Promise<ExitCode> {
  return followUpRun({
    options,
    choose: async (workspace) => ({ run: await findRun(workspace, reference) }),
    start: (orchestrator, { run, state }, how) => rerunFrom(orchestrator, run, { from: taskOfRun(state, from).task, ...how }),
  });
}
