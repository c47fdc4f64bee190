import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { foldRun } from '../../state/run-state.ts';
import { tasksToRetry } from '../../orchestrator/tasks-to-retry.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../runs/follow-up-run.ts';
import { loadTask } from '../runs/task-of-run.ts';

/** `multiagent retry <run> [task]` */
export async function retry(reference: string, named: string | undefined, options: RunOptions): Promise<ExitCode> {
  let task: string | undefined;
  return followUpRun({
    options,
    as: 'same',
    async choose({ store }) {
      const run = await findRun(store, reference);
      if (named === undefined) tasksToRetry(await foldRun(store.read(`run:${run}`)), undefined);
      else task = (await loadTask(store, run, named)).task;
      return run;
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.retryRun(run, { task, signal, overrides }),
  });
}
