import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../runs/follow-up-run.ts';
import { loadTask } from '../runs/task-of-run.ts';

/** `multiagent rerun <run> --from <task>` */
export async function rerun(reference: string, { from, ...options }: RunOptions & { from: string }): Promise<ExitCode> {
  let task = from;
  return followUpRun({
    options,
    as: 'new',
    async choose({ store }) {
      const run = await findRun(store, reference);
      task = (await loadTask(store, run, from)).task;
      return run;
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.rerunFrom(run, { from: task, signal, overrides }),
  });
}
