import { changingTasks } from '../artifacts/changing-tasks.ts';
import { bearsOnChecks, filesForCheck } from '../checks/files-for-check.ts';
import { materialOfRun } from '../material-of-run.ts';
import type { StepOptions } from '../step-kind.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import { isProgram } from '../trials/example-trials.ts';

/**
 * Finds out whether what lies there works, where a task has changed it: first by the requirement's own examples, then by its tests and builds. Packages that
 * they need are fetched before, where a person has allowed it.
 */
export async function proveWork(step: StepOptions): Promise<void> {
  const { run, task, assignment } = step;
  const { record, signal } = assignment;
  const { state } = run.journal;
  if (changingWork(state).has(task.task)) {
    const files = await filesForCheck(state, run.contentOf);
    await run.packages.provide({ task, record, signal }, files, await run.project.below(state));
  }
  await proveExamples(step);
  await run.workChecks.check({ task, state, contentOf: run.contentOf, record, signal });
}

/** Tries the requirement's examples on the programs as they stand, once for each state of them, where a task has changed some. */
async function proveExamples({ run, task, assignment }: StepOptions): Promise<void> {
  const { state } = run.journal;
  if (!changingPrograms(state).has(task.task) || proofOfExamples(state)?.fresh === true) return;
  const { files } = await materialOfRun(run, task.task);
  const trial = await run.examples.try(files, assignment.signal);
  if (trial !== undefined) await assignment.record([{ type: 'examples.tried', data: { task: task.task, ...trial } }], 'normal');
}

const changingPrograms = changingTasks(isProgram);
const changingWork = changingTasks(bearsOnChecks);
