import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../runs/follow-up-run.ts';
import { loadTask } from '../runs/task-of-run.ts';

/** `multiagent retry <run> [task]` */
export async function retry(reference: string, task: string | undefined, options: RunOptions): Promise<ExitCode> {
  return followUpRun({
    options,
    as: 'same',
    async choose({ store }) {
      const run = await findRun(store, reference);
      if (task !== undefined) await loadTask(store, run, task);
      return run;
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.retryRun(run, { task, signal, overrides }),
  });
}
