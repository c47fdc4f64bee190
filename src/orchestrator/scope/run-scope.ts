import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { ExpressionScope } from '../../workflows/expressions/evaluate-node.ts';
import { LazyNames } from '../../workflows/expressions/lazy-names.ts';
import { fillText } from './fill-text.ts';
import { findStep } from './find-step.ts';
import { valuesOfStep } from './values-of-step.ts';

/**
 * What the expressions of a task may name: `inputs`, `vars`, `run`, `steps`, and what the steps around it give it (`item`, `iteration` …). It comes from the
 * journal alone, so that a run that was resumed evaluates alike.
 */
export function runScope(state: RunState, task: TaskRecord): ExpressionScope {
  const run = { id: state.run, workflow: state.workflow };
  const { vars: ofWorkflow = {} } = state.definition as { vars?: Record<string, unknown> };
  const { input } = state;
  const { inputs, vars, ...names } = {
    inputs: { ...input.values, requirement: input.requirement },
    vars: ofWorkflow,
    ...namesOf(state, task),
  };
  return {
    ...names,
    inputs,
    vars: varsIn(vars, { inputs, run }),
    run,
    // A task that is about to end stands for itself.
    steps: new LazyNames((id) => {
      const found = findStep(state, task, id);
      return valuesOfStep(state, found?.task === task.task ? task : found);
    }),
  };
}

/** The nearest step around it that gives a name decides. A workflow that another one names has its own `inputs` and `vars`, and nothing else of those around it. */
function namesOf(state: RunState, task: TaskRecord): Record<string, unknown> {
  const around = task.parent === undefined ? undefined : state.tasks.get(task.parent);
  const outer = around === undefined ? {} : around.kind === 'workflow' ? { vars: {} } : namesOf(state, around);
  return { ...outer, ...task.names };
}

/** Each may use the inputs and those before it. */
function varsIn(written: Readonly<Record<string, unknown>>, scope: ExpressionScope): Record<string, unknown> {
  const vars: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(written))
    vars[name] = typeof value === 'string' ? fillText(value, { ...scope, vars }, 'value') : value;
  return vars;
}
