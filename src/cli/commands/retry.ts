import { tasksToRetry } from '../../orchestrator/run/tasks-to-retry.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { followUpRun } from '../follow-up-run.ts';
import { hasTask } from '../runs/has-task.ts';
import { runAndRest } from '../runs/run-and-rest.ts';
import { taskOfRun } from '../runs/task-of-run.ts';

/** `multiagent retry [run] [task]` */
export async function retry(words: readonly string[], options: RunOptions): Promise<ExitCode> {
  let named: string | undefined;
  let task: string | undefined;
  return followUpRun({
    options,
    as: 'same',
    async choose({ store }) {
      const { run, rest } = await runAndRest(store, words, hasTask);
      [named] = rest;
      return run;
    },
    check(state) {
      if (named !== undefined) ({ task } = taskOfRun(state, named));
      tasksToRetry(state, task);
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.retryRun(run, { task, signal, overrides, trust: true }),
  });
}
