import { z } from 'zod';
import { failureOf, iterationsOf, lastSetAside, openOf, outputsOf, stepsOfIteration, waitFor } from '../composite/iterations.ts';
import { keepText } from '../conversation/keep-text.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import { countingFiles } from '../artifacts/standing-files.ts';
import { askForJson } from '../json-replies/ask-for-json.ts';
import { type JsonShape, shapeOf } from '../json-replies/json-shape.ts';
import { materialOfRun } from '../material-of-run.ts';
import { showBefore } from '../showing/show-before.ts';
import { planMessage } from '../planning/plan-message.ts';
import { type PlanBounds, planFaults, planSchema, type StepPlan, stepsOfPlan } from '../planning/step-plan.ts';
import { innerTasks } from '../../state/run/inner-tasks.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { snakeCase } from '../../workflows/names.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind, StepCall, StepOptions } from '../step-kind.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { outcomeOfWork } from './outcome-of-work.ts';
import { toldTask } from './told-task.ts';

const options = z.object({
  /** Who plans. */
  role: snakeCase,
  /** What the steps of the plan may be. Steps that start programs cannot be planned. */
  allow: z.strictObject({
    kinds: z
      .array(z.enum(['agent', 'check']))
      .min(1)
      .max(2)
      .default(['agent']),
    roles: z.array(snakeCase).min(1).max(20),
    task_types: z.array(snakeCase).min(1).max(30),
  }),
  max_steps: z.int().min(1).max(20).default(6),
  /** Whether a person sees the plan before anything of it is done, and may change or reject it. */
  approve: z.boolean().default(false),
  /** One of the models of the settings. */
  model: z.string().trim().min(1).max(200).optional(),
});

type Call = StepCall<z.infer<typeof options>> & StepOptions;

/**
 * A role proposes steps, of what it may, and they join the run as tasks `<step>/1/<planned step>`. The plan is a file, which a person may change where the step
 * asks for approval; it is checked again then.
 */
export const planStep: BuiltInStepKind<typeof options> = {
  name: 'plan',
  beginsAnew: true,
  options,
  needs: ({ role }) => ({ model: true, role, expects: 'text' }),
  mayAdd: ({ allow }) => allow.roles.flatMap((role) => allow.task_types.map((taskType) => possibleStep(role, taskType))),
  async execute(call) {
    const { task, state, options: given } = call;
    const planned = iterationsOf(state, task);
    const open = openOf(planned);
    if (open.length > 0) return waitFor(open, task);
    if (planned.length > 0) {
      const outputs = { json: task.memory, steps: outputsOf(planned[0]) };
      return failureOf(planned, 'plan.step_failed') ?? { status: 'completed', turn: task.said, outputs };
    }
    const approval = innerTasks(state, task.task).find(({ kind }) => kind === 'approval');
    return outcomeOfWork(call, async () => {
      if (approval === undefined) {
        const { plan, turn } = await propose(call);
        return given.approve ? { status: 'expanded', steps: [approvalOf(task)], turn } : join(plan, turn, call);
      }
      const [waits] = openOf([{ number: 0, tasks: [approval] }]);
      if (waits !== undefined) return waitFor([waits], task);
      if (approval.status !== 'completed') return failureOf([{ number: 0, tasks: [approval] }], 'plan.not_approved')!;
      return joinApproved(call);
    });
  },
};

async function propose(call: Call): Promise<{ plan: StepPlan; turn: TaskConversation['turn'] }> {
  const { run, task, assignment } = call;
  const agent = run.agentOf(task.role);
  const conversation = new TaskConversation({ run, role: run.modelOf(task), system: systemMessage(run, task), assignment });
  showBefore({ step: call, conversation, material: await materialOfRun(run, task.task), asking: 'cannot_ask' });
  const shape = shapeOfPlan(call);
  const told = { ...toldTask(call, planMessage(task.description, boundsOf(call))), schema: shape.schema };
  const plan = await askForJson({ step: call, conversation, shape, begin: () => agent.runTask(told, conversation) });
  await keepText(call, JSON.stringify(plan, null, 2), { ending: 'json' });
  return { plan, turn: conversation.turn };
}

/** The plan as it stands: the author's, or as a person has changed it. */
async function joinApproved(call: Call): Promise<TaskOutcome> {
  const { run, task, state } = call;
  const written = state.artifacts.find((artifact) => artifact.task === task.task)?.path;
  const file = countingFiles(state).find(({ path, removed }) => path === written && !removed);
  const content = file === undefined ? undefined : await run.contentOf(file.sha256);
  const read = shapeOfPlan(call).read(parseJson(Buffer.from(content ?? '').toString('utf8')));
  if ('value' in read) return join(read.value, task.said, call);
  const message = `The plan in ${written ?? 'its file'} was approved and cannot be done: ${read.faults.join('; ')}.`;
  const hint = `"multiagent retry ${state.run} ${task.task}" asks for another plan.`;
  return { status: 'failed', error: { code: 'plan.not_valid', message, hint }, again: 'never' };
}

function join(plan: StepPlan, turn: TaskConversation['turn'], call: Call): TaskOutcome {
  const number = lastSetAside(call.state, call.task) + 1;
  return { status: 'expanded', steps: stepsOfIteration(number, stepsOfPlan(plan, boundsOf(call))), memory: plan, turn };
}

function boundsOf({ run, options: { allow, max_steps: mostSteps } }: Call): PlanBounds {
  return { kinds: allow.kinds, roles: allow.roles, taskTypes: allow.task_types, mostSteps, expectsOf: run.expectsOf };
}

function shapeOfPlan(call: Call): JsonShape<StepPlan> {
  const bounds = boundsOf(call);
  return { schema: shapeOf(planSchema(bounds, 'ask')).schema, read: shapeOf(planSchema(bounds, 'read'), planFaults).read };
}

function approvalOf({ task, setAside }: TaskRecord): WorkflowStep {
  const id = setAside === undefined ? 'approval' : `approval_${setAside}`;
  const show = [task.slice(task.lastIndexOf('/') + 1)];
  const ask = 'May these steps be done? They are in the file that is shown, which you may change.';
  return { id, kind: 'approval', description: 'Approve the plan.', depends_on: [], priority: 1, ask, show };
}

/** One of those that a plan may hold, for what is found out before a run. */
function possibleStep(role: string, taskType: string): WorkflowStep {
  return { id: taskType, kind: 'agent', description: taskType, depends_on: [], priority: 1, role, task_type: taskType, expects: 'text' };
}
