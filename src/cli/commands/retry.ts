import { tasksToRetry } from '../../orchestrator/run/tasks-to-retry.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../runs/follow-up-run.ts';
import { taskOfRun } from '../runs/task-of-run.ts';

/** `multiagent retry <run> [task]` */
export async function retry(reference: string, named: string | undefined, options: RunOptions): Promise<ExitCode> {
  let task: string | undefined;
  return followUpRun({
    options,
    as: 'same',
    choose: ({ store }) => findRun(store, reference),
    check(state) {
      if (named !== undefined) ({ task } = taskOfRun(state, named));
      tasksToRetry(state, task);
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.retryRun(run, { task, signal, overrides, trust: true }),
  });
}
