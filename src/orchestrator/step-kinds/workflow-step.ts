import { z } from 'zod';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { describeError } from '../../utils/describe-error.ts';
import { inGraphOrder } from '../../workflows/graph-order.ts';
import { optionsOfStep, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { BuiltInStepKind } from '../step-kind.ts';

const options = z.object({
  /** The name of the workflow whose steps are done in the place of this one. */
  workflow: z.string().min(1).max(64),
  /** What `{{ inputs.<name> }}` stands for in the texts of its steps. */
  inputs: z.record(z.string().regex(/^\w{1,64}$/), z.string().max(100_000)).default({}),
});

/** So deep is nothing that a person has written. */
const deepest = 8;

/** Does the steps of another workflow: they join the run as tasks of their own, and this one ends when they have. */
export const workflowStep: BuiltInStepKind<typeof options> = {
  name: 'workflow',
  options,
  filledAs: { inputs: 'value' },
  describe: ({ workflow }) => `Does the workflow ${workflow}.`,
  needs: () => ({ model: false }),
  nests: ({ workflow }) => workflow,
  async execute({ options: { workflow, inputs }, woken, task, state, run }) {
    if (woken?.by === 'tasks') return ended([...state.tasks.values()].filter(({ parent }) => parent === task.task));
    try {
      if (task.task.split('/').length > deepest) throw tooDeep(workflow);
      const { steps } = run.workflowNamed(workflow);
      return { status: 'expanded', steps: inGraphOrder(steps).map((step) => withInputs(step, inputs)) };
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return { status: 'failed', error: describeError(error), again: 'never' };
    }
  },
};

function ended(tasks: TaskRecord[]): Awaited<ReturnType<typeof workflowStep.execute>> {
  const open = tasks.filter(({ status }) => status !== 'completed' && status !== 'skipped');
  const failed = tasks.filter(({ status }) => status === 'failed' || status === 'cancelled');
  const outputs = { tasks: Object.fromEntries(tasks.map(({ task, status, outputs: own = {} }) => [task, { status, outputs: own }])) };
  const [first] = failed;
  if (open.length === 0) return { status: 'completed', outputs };
  const message = `${failed.map(({ task }) => task).join(', ')}: ${first?.error?.message ?? 'it did not end'}`;
  return { status: 'failed', error: { code: 'workflow.step_failed', message }, again: 'never' };
}

const placeholder = /\{\{[ \t]{0,20}inputs\.(\w{1,64})[ \t]{0,20}\}\}/g;

/** @throws MultiagentError `workflow.unknown_input`. */
function withInputs(step: WorkflowStep, inputs: Readonly<Record<string, string>>): WorkflowStep {
  const fill = (text: string) =>
    text.replace(placeholder, (_, name: string) => {
      const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
      if (value !== undefined) return value;
      throw new MultiagentError({
        category: 'usage',
        code: 'workflow.unknown_input',
        message: `The step ${step.id} asks for the input "${name}", which is not given.`,
        hint: `Give it under inputs of the step that names the workflow.`,
      });
    });
  const own = Object.entries(optionsOfStep(step)).map(([key, value]) => [key, typeof value === 'string' ? fill(value) : value]);
  return { ...step, ...Object.fromEntries(own), description: fill(step.description) };
}

function tooDeep(workflow: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'workflow.too_deep',
    message: `The workflow ${workflow} would be the ${deepest + 1}th within another: it holds itself, or is nested too deep.`,
    hint: 'Take the step out that leads back to a workflow around it.',
  });
}
