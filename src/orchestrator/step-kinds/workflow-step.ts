import { z } from 'zod';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { inGraphOrder } from '../../workflows/graph-order.ts';
import { resolveInputs } from '../../workflows/resolve-inputs.ts';
import type { WorkflowDefinition, WorkflowStep } from '../../workflows/workflow-schema.ts';
import { innerTasks } from '../../state/run/inner-tasks.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { failureOf, lastSetAside, namesFor } from '../composite/iterations.ts';
import { evaluateFor } from '../scope/evaluate-for.ts';
import type { BuiltInStepKind } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';

const options = z.object({
  /** The name of the workflow whose steps are done in the place of this one. */
  workflow: z.string().min(1).max(64),
  /** What it is given: values, or texts in which `{{ … }}` stands for values. */
  inputs: z
    .record(z.string().regex(/^\w{1,64}$/, { error: 'expected a name of letters, digits and _, 64 at most' }), z.unknown())
    .default({}),
});

/** So deep is nothing that a person has written. */
const deepest = 8;

/** What the journal keeps of the other workflow: its file may be another one when its steps have ended. */
const kept = z.object({ names: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.string()) });

/** Does the steps of another workflow: they join the run as tasks of their own, and this one ends when they have. They see their own inputs and none of the steps around. */
export const workflowStep: BuiltInStepKind<typeof options> = {
  name: 'workflow',
  beginsAnew: true,
  options,
  filledAs: { inputs: 'value' },
  describe: ({ workflow }) => `Does the workflow ${workflow}.`,
  needs: () => ({ model: false }),
  nests: ({ workflow }) => workflow,
  async execute({ options: { workflow, inputs }, woken, task, state, run }) {
    if (woken?.by === 'tasks') return ended(state, task);
    try {
      if (workflowsAround(state, task) >= deepest) throw tooDeep(workflow);
      const definition = run.workflowNamed(workflow);
      const { vars = {}, outputs = {} } = definition;
      const steps = named(inGraphOrder(definition.steps), state, task);
      const names = { inputs: givenInputs(definition, inputs, { requirement: state.input.requirement, step: task.task }), vars };
      return { status: 'expanded', steps, names: namesFor(steps, names), memory: { names, outputs } };
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return { status: 'failed', error: describeError(error), again: 'never' };
    }
  },
};

/** Where the step was begun anew, the ids of its tasks tell them from those before: `<step>/2/<inner step>`. */
function named(steps: WorkflowStep[], state: RunState, task: TaskRecord): WorkflowStep[] {
  if (task.setAside === undefined) return steps;
  const time = Math.max(1, lastSetAside(state, task)) + 1;
  const nameOf = (id: string) => `${time}/${id}`;
  return steps.map((step) => ({ ...step, id: nameOf(step.id), depends_on: step.depends_on.map(nameOf) }));
}

/** With the defaults and types that the other workflow states; one that states nothing takes any. @throws MultiagentError `input.unknown`, `input.missing`, `input.invalid`. */
function givenInputs(
  { name, inputs: declared }: WorkflowDefinition,
  { requirement, ...given }: Readonly<Record<string, unknown>>,
  of: { requirement: string; step: string },
): Record<string, unknown> {
  const own = typeof requirement === 'string' ? requirement : of.requirement;
  if (declared === undefined) return { ...given, requirement: own };
  try {
    const resolved = resolveInputs({ name, inputs: declared }, { requirement: own, inputs: given });
    return { ...resolved.inputs, requirement: resolved.requirement };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    const hint = `Give its inputs under "inputs" of the step ${of.step}.`;
    throw new MultiagentError({ category: 'usage', code: error.code, message: error.message, hint, cause: error });
  }
}

function ended(state: RunState, task: TaskRecord): TaskOutcome {
  const tasks = innerTasks(state, task.task);
  const failure = failureOf([{ number: 1, tasks }], 'workflow.step_failed');
  if (failure !== undefined) return failure;
  const own = Object.fromEntries(tasks.map(({ task: name, status, outputs = {} }) => [name, { status, outputs }]));
  const { names = {}, outputs = {} } = kept.safeParse(task.memory).data ?? {};
  // Seen from among its steps.
  const within: TaskRecord = { ...task, task: `${task.task}/`, parent: task.task, names };
  const named = Object.entries(outputs).map(([name, text]) => [name, evaluateFor(state, within, text)]);
  return { status: 'completed', outputs: { tasks: own, ...Object.fromEntries(named) } };
}

/** How many steps that name a workflow a task stands in. Loops, lists and other steps of steps count for nothing. */
function workflowsAround(state: RunState, { parent }: TaskRecord): number {
  const around = parent === undefined ? undefined : state.tasks.get(parent);
  return around === undefined ? 0 : workflowsAround(state, around) + (around.kind === 'workflow' ? 1 : 0);
}

function tooDeep(workflow: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'workflow.too_deep',
    message: `The workflow ${workflow} would be the ${deepest + 1}th within another: it holds itself, or is nested too deep.`,
    hint: 'Take the step out that leads back to a workflow around it.',
  });
}
