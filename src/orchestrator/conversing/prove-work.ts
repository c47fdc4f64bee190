import type { ArtifactRecord, RemovalRecord } from '../../state/run/run-state.ts';
import { derivedFrom } from '../../utils/derived-list.ts';
import { materialOfRun } from '../material-of-run.ts';
import type { StepOptions } from '../step-kind.ts';
import { proofOfExamples } from '../examples/proof-of-examples.ts';
import { isProgram } from '../examples/example-trials.ts';

/** Finds out whether what lies there works, where a task has changed it: first by the requirement's own examples, then by its tests and builds. */
export async function proveWork(step: StepOptions): Promise<void> {
  const { run, task, assignment } = step;
  await proveExamples(step);
  const { record, signal } = assignment;
  await run.workChecks.check({ task, state: run.journal.state, contentOf: run.contentOf, record, signal });
}

/** Tries the requirement's examples on the programs as they stand, once for each state of them, where a task has changed some. */
async function proveExamples({ run, task, assignment }: StepOptions): Promise<void> {
  const { state } = run.journal;
  const changed = programsChanged(state.artifacts, undefined).has(task.task) || programsRemoved(state.removals, undefined).has(task.task);
  if (!changed || proofOfExamples(state)?.fresh === true) return;
  const { files } = await materialOfRun(run, task.task);
  const trial = await run.examples.try(files, assignment.signal);
  if (trial !== undefined) await assignment.record([{ type: 'examples.tried', data: { task: task.task, ...trial } }], 'normal');
}

/** The tasks that have written programs anew or changed them; of long lists each item is looked at once. */
const programsChanged = derivedFrom<ArtifactRecord, Set<string>>(
  () => new Set(),
  (tasks, { task, path, outcome }) => {
    if (outcome !== 'unchanged' && isProgram(path)) tasks.add(task);
  },
);

const programsRemoved = derivedFrom<RemovalRecord, Set<string>>(
  () => new Set(),
  (tasks, { task, path }) => {
    if (isProgram(path)) tasks.add(task);
  },
);
