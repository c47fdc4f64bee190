import { findRun } from '../../operations/find-run.ts';
import { resumeRun } from '../../operations/follow-up.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { listRuns } from '../../state/run/list-runs.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { followUpRun } from '../follow-up-run.ts';

/** `multiagent resume [run]` */
export async function resume(reference: string | undefined, options: RunOptions): Promise<ExitCode> {
  return followUpRun({
    options,
    completed: 'commit',
    choose: async (workspace) => ({ run: await (reference === undefined ? lastOpen(workspace) : findRun(workspace, reference)) }),
    start: (orchestrator, { run }, how) => resumeRun(orchestrator, run, how),
  });
}

/** The last interrupted run; if there is none, the last run that waits. */
async function lastOpen({ store }: Workspace): Promise<string> {
  for (const status of ['interrupted', 'waiting'] as const) {
    const [last] = await listRuns(store, { status, limit: 1 });
    if (last !== undefined) return last.run;
  }
  throw new MultiagentError({
    category: 'usage',
    code: 'run.not_found',
    message: 'No run of this workspace was interrupted, and none waits.',
    hint: '"multiagent runs" lists the runs; --workspace names another project.',
  });
}
