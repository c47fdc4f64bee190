import type { ExitCode } from '../exit-code.ts';
import type { RunOptions } from '../run-options.ts';
import { findRun } from '../runs/find-run.ts';
import { followUpRun } from '../follow-up-run.ts';
import { taskOfRun } from '../runs/task-of-run.ts';

/** `multiagent rerun [run] --from <task>` */
export async function rerun(reference: string | undefined, { from: named, ...options }: RunOptions & { from: string }): Promise<ExitCode> {
  let from = named;
  return followUpRun({
    options,
    as: 'new',
    choose: ({ store }) => findRun(store, reference),
    check(state) {
      from = taskOfRun(state, named).task;
    },
    work: ({ orchestrator, signal }, run, overrides) => orchestrator.rerunFrom(run, { from, signal, overrides, trust: true }),
  });
}
