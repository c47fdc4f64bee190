import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelUser, RoleModel } from '../run-context.ts';
import type { RunModels } from '../models/run-models.ts';
import { modelsOfRun, stoodInReports } from './model-of-run.ts';
import type { EarlierCost } from '../cost/earlier-costs.ts';
import { estimateCost, type PlannedCall } from '../cost/estimate-cost.ts';
import { estimatePromptTokens } from '../../llm/budget/estimate-tokens.ts';
import { planReplyCaps } from '../../llm/budget/plan-reply-caps.ts';
import type { PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { requestContext } from '../../llm/budget/request-context.ts';
import { beyondLimit } from '../../llm/limits/limited-chat-model.ts';
import { renderTranscript, shownTurn } from '../../llm/transcript.ts';
import type { BaseAgent } from '../../agents/base-agent.ts';
import type { Task } from '../../agents/task.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { type AgentStep, isAgentStep, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import { taskAdded } from '../scheduling/expand-task.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import { inheritTasks } from './inherit-tasks.ts';
import type { ParallelPlan } from '../scheduling/choose-parallel.ts';
import type { Report } from '../journal/run-journal.ts';
import { ancestorsOf } from '../task-graph.ts';
import type { Workflow } from '../workflow.ts';

export interface Inheritance {
  how: 'rerun' | 'refine';
  state: RunState;
  tasks: TaskRecord[];
}

export interface BeginRunOptions {
  run: string;
  workflow: Workflow;
  /** What it is to work on: it stands at the beginning of every prompt. */
  input: Pick<EventData<'run.started'>['input'], 'requirement' | 'files' | 'project'>;
  plan: ParallelPlan;
  models: RunModels;
  /** What the run has chosen for those who name no model. */
  routed: EventData<'model.routed'> | undefined;
  /** Everybody who will ask a model. */
  users: readonly ModelUser[];
  layout: PromptLayout;
  /** Where results go, as it is kept with the run. */
  output: string;
  productVersion: string;
  /** Without secrets. */
  settings: Record<string, unknown>;
  /** The run that this one follows, and what it takes over from it. */
  inherited?: Inheritance | undefined;
  /** The system message of the tasks. */
  preamble: string;
  agentOf: (role: string) => BaseAgent;
  modelOf: (user: ModelUser) => RoleModel;
  kinds: Pick<StepKindRegistry, 'needsOf' | 'withRole'>;
  /** What earlier runs of the workflow have cost; called where somebody is paid for a model. */
  earlier: () => Promise<EarlierCost[]>;
  now: number;
}

/** The first events of a run: what it is, its tasks, and what each reply may take. */
export async function beginRun(options: BeginRunOptions): Promise<Report[]> {
  const { run, workflow, input, plan, models, routed, users, layout, output, productVersion, settings, preamble, inherited, kinds } =
    options;
  const { definition, inputs: values = {}, worktree, context } = workflow;
  return [
    {
      type: 'run.started',
      data: {
        run,
        workflow: definition.name,
        definition,
        input: {
          ...input,
          ...(worktree === undefined ? {} : { worktree }),
          ...(Object.keys(values).length === 0 ? {} : { values }),
        },
        context,
        ...modelsOfRun(models, users),
        transcript: { turns: plan.turns, layout, reason: plan.reason },
        maxParallel: plan.maxParallel,
        output,
        productVersion,
        settings,
        preamble,
        ...(inherited
          ? { inherits: { run: inherited.state.run, how: inherited.how, tasks: inherited.tasks.map(({ task }) => task) } }
          : {}),
      },
    },
    ...(routed === undefined ? [] : [{ type: 'model.routed', data: routed } satisfies Report]),
    ...stoodInReports(models),
    ...(inherited ? inheritTasks(inherited.state, inherited.tasks) : []),
    ...newSteps(options).map(({ step, number }): Report => taskAdded(kinds.withRole(step), number, kinds.needsOf(step))),
    ...(await budget(options)),
  ];
}

/** The steps that this run does itself, with their numbers. Inherited ones keep theirs; those of a change come after all of them. */
function newSteps({ workflow, inherited }: BeginRunOptions): { step: WorkflowStep; number: number }[] {
  const taken = new Set(inherited?.tasks.map(({ task }) => task));
  const numbered = workflow.definition.steps.map((step, index) => ({ step, number: index + 1 })).filter(({ step }) => !taken.has(step.id));
  if (inherited?.how !== 'refine') return numbered;
  const highest = inherited.tasks.reduce((most, { number }) => Math.max(most, number), 0);
  return numbered.map(({ step }, index) => ({ step, number: highest + index + 1 }));
}

/** Nothing is planned where the context is not known: the server then cuts where it must. */
async function budget(options: BeginRunOptions): Promise<Report[]> {
  const { workflow, input, plan, models, preamble, agentOf, modelOf, kinds, now, inherited } = options;
  const { steps } = workflow.definition;
  const own = newSteps(options).flatMap(({ step, number }) => {
    const needs = kinds.needsOf(step);
    return needs.model ? [{ step, number, needs }] : [];
  });
  const messages = own.map(({ step, number }) =>
    isAgentStep(step)
      ? agentOf(step.role).composeMessage(
          taskOfStep({ step, number, of: steps.length, context: workflow.context, now }),
          modelOf(userOf(step)).style,
        )
      : step.description,
  );
  const turns = (inherited?.tasks ?? []).flatMap(({ task }) => {
    const turn = inherited && turnOf(task, inherited.state);
    return turn ? [shownTurn(task, turn, { reasoning: 'leave_out' })] : [];
  });
  const transcript = renderTranscript({ system: preamble, input, turns, message: messages.join('\n\n') });
  const tasks = own.map(({ step, needs }) => ({ task: step.id, expects: needs.expects }));
  const transcripts =
    plan.turns === 'linear'
      ? [own.map(({ step }) => step.id)]
      : fullestTranscripts(
          own.map(({ step }) => step),
          steps,
        );
  const modelOfStep = new Map(
    own.map(({ step, needs }) => [step.id, modelOf(isAgentStep(step) ? userOf(step) : { role: needs.role, taskType: step.kind })]),
  );
  const replyCaps: Record<string, number> = {};
  // Each model plans with its own context, for all that its tasks will see.
  const distinct = new Map([...modelOfStep.values()].map(({ model, contextTokens }) => [model, contextTokens]));
  const least = estimatePromptTokens(renderTranscript({ system: preamble, input, turns, message: '' }));
  for (const { model, place } of modelOfStep.values())
    if (least > (model.longestPrompt ?? Infinity)) throw beyondLimit(place, least, model.longestPrompt ?? 0);
  for (const [model, contextTokens] of distinct) {
    if (contextTokens === undefined) continue;
    const fixedTokens = (await model.countTokens(transcript)) ?? estimatePromptTokens(transcript);
    for (const [task, cap] of planReplyCaps({ contextTokens, fixedTokens, tasks, transcripts }))
      if (modelOfStep.get(task)?.model === model) replyCaps[task] = cap;
  }
  const planned = () =>
    own.flatMap(({ step, needs }, index): PlannedCall[] => {
      const role = modelOfStep.get(step.id);
      if (role === undefined) return [];
      const { sampling } = step;
      const taskType = isAgentStep(step) ? step.task_type : step.kind;
      const { finalCap } = role.limitsOf({ taskType, expects: needs.expects, ...(isRecord(sampling) && { sampling }) });
      const caps = [replyCaps[step.id], finalCap].filter((cap) => cap !== undefined);
      const own = renderTranscript({ system: preamble, input, turns, message: messages[index] ?? '' });
      const replyCap = caps.length === 0 ? undefined : Math.min(...caps);
      return [
        { task: step.id, place: role.place, model: role.model.name, price: role.price, promptTokens: estimatePromptTokens(own), replyCap },
      ];
    });
  const isPaid = [...modelOfStep.values()].some(({ price }) => price.kind !== 'free');
  const estimate = isPaid ? estimateCost(planned(), await options.earlier()) : undefined;
  const estimated: Report[] = estimate === undefined ? [] : [{ type: 'run.estimated', data: estimate }];
  const contextTokens = requestContext(models.main, plan.maxParallel);
  if (contextTokens === undefined && Object.keys(replyCaps).length === 0) return estimated;
  return [...estimated, { type: 'run.budgeted', data: { ...(contextTokens === undefined ? {} : { contextTokens }), replyCaps } }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function userOf({ role, task_type: taskType, model, private: isPrivate }: AgentStep): ModelUser {
  return { role, taskType, model, private: isPrivate };
}

/** Each step that no other of these rests on, with all that it rests on itself: what the others see is part of that. */
function fullestTranscripts(own: readonly WorkflowStep[], steps: readonly WorkflowStep[]): string[][] {
  const dependencies = new Map(steps.map(({ id, depends_on }) => [id, depends_on]));
  const dependenciesOf = (id: string) => dependencies.get(id) ?? [];
  const needed = ancestorsOf('', (id) => (id === '' ? own.flatMap((step) => step.depends_on) : dependenciesOf(id)));
  const last = own.filter(({ id }) => !needed.has(id));
  return last.map(({ id }) => [id, ...ancestorsOf(id, dependenciesOf)]);
}

/** A step as its agent is told of it. */
export function taskOfStep({
  step,
  number,
  of,
  context,
  now,
}: {
  step: AgentStep;
  number: number;
  of: number;
  context: Workflow['context'];
  now: number;
}): Task {
  const { id, task_type: taskType, description, expects, priority, depends_on: dependencies } = step;
  const shape = typeof expects === 'object' ? { expects: 'text' as const, schema: expects.json } : { expects };
  return { taskId: id, taskType, description, ...shape, step: { number, of }, context, priority, dependencies, createdAt: now };
}
