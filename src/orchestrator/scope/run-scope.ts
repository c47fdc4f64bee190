import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { ExpressionScope } from '../../workflows/expressions/evaluate-node.ts';
import { LazyNames } from '../../workflows/expressions/lazy-names.ts';
import { findStep } from './find-step.ts';
import { valuesOfStep } from './values-of-step.ts';

/**
 * What the expressions of a task may name: `inputs`, `vars`, `run`, `steps`, and what the steps around it give it (`item`, `iteration` …). It comes from the
 * journal alone, so that a run that was resumed evaluates alike.
 */
export function runScope(state: RunState, task: TaskRecord): ExpressionScope {
  const { vars = {} } = state.definition as { vars?: Record<string, unknown> };
  return {
    inputs: { requirement: state.input.requirement },
    vars,
    run: { id: state.run, workflow: state.workflow },
    ...namesOf(state, task),
    steps: new LazyNames((id) => valuesOfStep(state, findStep(state, task, id))),
  };
}

/** The nearest step around it that gives a name decides. A workflow that another one names has its own `inputs` and `vars`, and nothing else of those around it. */
function namesOf(state: RunState, task: TaskRecord): Record<string, unknown> {
  const around = task.parent === undefined ? undefined : state.tasks.get(task.parent);
  const outer = around === undefined ? {} : around.kind === 'workflow' ? { vars: {} } : namesOf(state, around);
  return { ...outer, ...task.names };
}
