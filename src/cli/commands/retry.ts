import { retryRun } from '../../operations/follow-up.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { followUpRun } from '../follow-up-run.ts';
import { hasTask, runAndRest } from '../runs/run-and-rest.ts';

/** `multiagent retry [run] [task]` */
export async function retry(words: readonly string[], options: RunOptions): Promise<ExitCode> {
  return followUpRun({
    options,
    choose: ({ store }) => runAndRest(store, words, hasTask),
    start: (orchestrator, { run, state, rest: [named] = [] }, how) =>
      retryRun(orchestrator, run, { task: named === undefined ? undefined : taskOfRun(state, named).task, ...how }),
  });
}
