import type { BaseAgent } from '../../agents/base-agent.ts';
import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { teamInstructions } from '../../agents/team-instructions.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { estimatePromptTokens } from '../../llm/budget/estimate-tokens.ts';
import type { TranscriptInput } from '../../llm/transcript.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { earlierCosts } from '../cost/earlier-costs.ts';
import { estimateCost } from '../cost/estimate-cost.ts';
import { spendingOf } from '../cost/spending-of.ts';
import { modelUsersOf } from '../models/model-user.ts';
import type { KnownKinds } from '../models/model-user.ts';
import type { RunModels } from '../models/run-models.ts';
import { earlierTimes } from '../time-left/earlier-times.ts';
import { timeLeft } from '../time-left/time-left.ts';
import { inStepOrder, type Workflow } from '../workflow.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import { modelsOfRun } from './model-of-run.ts';
import { planReplies } from './plan-replies.ts';
import { roleModels } from './role-models.ts';

export interface ForeseeRunOptions {
  settings: Settings;
  roles: RoleCatalogue;
  models: RunModels;
  nested: { kinds: KnownKinds; workflowNamed: (name: string) => WorkflowDefinition };
  agentOf: (role: string) => BaseAgent;
  workflow: Workflow;
  /** What it is to work on; called where somebody is paid for a model. */
  input: () => Promise<TranscriptInput>;
  /** Where earlier runs are. Undefined: there are none. */
  store: EventStore | undefined;
  now: number;
}

/** What is known of a run before it begins. */
export interface ForeseenRun {
  /** About how long it will take, by so many earlier runs of its workflow with its models. Undefined: there were none. */
  time: { milliseconds: number; runs: number } | undefined;
  /** About what it will cost. Undefined: it asks no model that somebody is paid for. */
  cost: EventData<'run.estimated'> | undefined;
}

/** Asks no model anything and measures nothing: a person has not agreed yet. */
export async function foreseeRun(options: ForeseeRunOptions): Promise<ForeseenRun> {
  const workflow = inStepOrder(options.workflow);
  return { time: await foreseenTime({ ...options, workflow }), cost: await foreseenCost({ ...options, workflow }) };
}

async function foreseenTime({ settings, models, nested, workflow, store }: ForeseeRunOptions): Promise<ForeseenRun['time']> {
  if (store === undefined) return undefined;
  const { name, steps } = workflow.definition;
  const run = { workflow: name, ...modelsOfRun(models, modelUsersOf(workflow.definition, nested)) };
  const { times, runs } = await earlierTimes(store, run);
  const { max_concurrent_agents: atOnce } = settings;
  const milliseconds = timeLeft({
    steps: steps.map((step) => ({
      task: step.id,
      dependencies: step.depends_on,
      place: nested.kinds.needsOf(step).model ? 'model' : 'none',
      progress: { state: 'to_come' },
    })),
    earlier: times,
    // What it would choose is not known before it begins.
    atOnce: atOnce === 'auto' ? 1 : atOnce,
  });
  return milliseconds === undefined ? undefined : { milliseconds, runs };
}

async function foreseenCost(options: ForeseeRunOptions): Promise<ForeseenRun['cost']> {
  const { settings, roles, models, nested, agentOf, workflow, store, now } = options;
  const users = modelUsersOf(workflow.definition, nested);
  // Whether tests are run changes some words of the instructions, which is nothing for an estimate.
  const modelOf = roleModels({ settings, models, maxParallel: 1, tests: 'written', spending: spendingOf(settings) });
  if (users.every((user) => modelOf(user).price.kind === 'free')) return undefined;
  const { calls } = await planReplies({
    workflow,
    steps: workflow.definition.steps.map((step, index) => ({ step, number: index + 1 })),
    input: await options.input(),
    plan: { turns: 'linear', maxParallel: 1 },
    models,
    preamble: teamInstructions(roles).preamble(modelOf(users[0]).style.length, 'written'),
    agentOf,
    modelOf,
    kinds: nested.kinds,
    // No server is sent what a person has not yet agreed to send.
    countTokens: (_, transcript) => Promise.resolve(estimatePromptTokens(transcript)),
    now,
  });
  if (calls === 'free') return undefined;
  return estimateCost(calls(), store === undefined ? [] : await earlierCosts(store, workflow.definition.name));
}
