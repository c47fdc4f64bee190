import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelUser, RoleModel } from '../run-context.ts';
import type { RunModels } from '../models/run-models.ts';
import { modelsOfRun, stoodInReports } from './model-of-run.ts';
import type { EarlierCost } from '../cost/earlier-costs.ts';
import { estimateCost } from '../cost/estimate-cost.ts';
import { estimatePromptTokens } from '../../llm/budget/estimate-tokens.ts';
import type { PromptLayout } from '../../llm/profile/prompt-layout.ts';
import type { BaseAgent } from '../../agents/base-agent.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { taskAdded } from '../scheduling/expand-task.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import { inheritTasks } from './inherit-tasks.ts';
import { planReplies } from './plan-replies.ts';
import type { ParallelPlan } from '../scheduling/choose-parallel.ts';
import type { Report } from '../journal/run-journal.ts';
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

/** What is planned of replies, and about what the run will cost. Nothing is planned where the context is not known: the server then cuts where it must. */
async function budget(options: BeginRunOptions): Promise<Report[]> {
  const { replyCaps, contextTokens, calls } = await planReplies({
    ...options,
    steps: newSteps(options),
    countTokens: async (model, transcript) => (await model.countTokens(transcript)) ?? estimatePromptTokens(transcript),
  });
  const estimate = calls === 'free' ? undefined : estimateCost(calls(), await options.earlier());
  const estimated: Report[] = estimate === undefined ? [] : [{ type: 'run.estimated', data: estimate }];
  if (contextTokens === undefined && Object.keys(replyCaps).length === 0) return estimated;
  return [...estimated, { type: 'run.budgeted', data: { ...(contextTokens === undefined ? {} : { contextTokens }), replyCaps } }];
}

/** The steps that this run does itself, with their numbers. Inherited ones keep theirs; those of a change come after all of them. */
function newSteps({ workflow, inherited }: BeginRunOptions): { step: WorkflowStep; number: number }[] {
  const taken = new Set(inherited?.tasks.map(({ task }) => task));
  const numbered = workflow.definition.steps.map((step, index) => ({ step, number: index + 1 })).filter(({ step }) => !taken.has(step.id));
  if (inherited?.how !== 'refine') return numbered;
  const highest = inherited.tasks.reduce((most, { number }) => Math.max(most, number), 0);
  return numbered.map(({ step }, index) => ({ step, number: highest + index + 1 }));
}
