import type { BaseAgent } from '../../agents/base-agent.ts';
import { estimatePromptTokens } from '../../llm/budget/estimate-tokens.ts';
import { planReplyCaps } from '../../llm/budget/plan-reply-caps.ts';
import { requestContext } from '../../llm/budget/request-context.ts';
import type { ChatMessage, ChatModel } from '../../llm/chat-model.ts';
import { beyondLimit } from '../../llm/limits/limited-chat-model.ts';
import { renderTranscript, shownTurn, type TranscriptInput } from '../../llm/transcript.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { type AgentStep, isAgentStep, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { PlannedCall } from '../cost/estimate-cost.ts';
import type { RunModels } from '../models/run-models.ts';
import type { ModelUser, RoleModel } from '../run-context.ts';
import type { ParallelPlan } from '../scheduling/choose-parallel.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';
import { ancestorsOf } from '../task-graph.ts';
import type { Workflow } from '../workflow.ts';
import { taskOfStep } from './task-of-step.ts';

export interface PlanRepliesOptions {
  workflow: Pick<Workflow, 'definition' | 'context'>;
  /** Those that the run does itself, with their numbers. */
  steps: readonly { step: WorkflowStep; number: number }[];
  /** What every prompt begins with. */
  input: TranscriptInput;
  plan: Pick<ParallelPlan, 'turns' | 'maxParallel'>;
  models: Pick<RunModels, 'main'>;
  /** The system message of the tasks. */
  preamble: string;
  agentOf: (role: string) => BaseAgent;
  modelOf: (user: ModelUser) => RoleModel;
  kinds: Pick<StepKindRegistry, 'needsOf'>;
  /** What the run takes over from an earlier one. Absent: nothing. */
  inherited?: { state: RunState; tasks: TaskRecord[] } | undefined;
  countTokens: (model: ChatModel, transcript: ChatMessage[]) => Promise<number>;
  now: number;
}

export interface PlannedReplies {
  /** The most tokens of each reply, by its step; none where the context is not known. */
  replyCaps: Record<string, number>;
  contextTokens: number | undefined;
  /** In the order of the workflow; worked out where somebody is paid for one of them. */
  calls: (() => PlannedCall[]) | 'free';
}

/** What is known beforehand of the replies of a run: how long each may get, and what is asked for it. @throws ModelError where the beginning alone is too long for a model. */
export async function planReplies(options: PlanRepliesOptions): Promise<PlannedReplies> {
  const { workflow, input, plan, models, preamble, agentOf, modelOf, kinds, countTokens, now, inherited } = options;
  const { steps } = workflow.definition;
  const own = options.steps.flatMap(({ step, number }) => {
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
    const fixedTokens = await countTokens(model, transcript);
    for (const [task, cap] of planReplyCaps({ contextTokens, fixedTokens, tasks, transcripts }))
      if (modelOfStep.get(task)?.model === model) replyCaps[task] = cap;
  }
  const calls = () =>
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
  return { replyCaps, contextTokens: requestContext(models.main, plan.maxParallel), calls: isPaid ? calls : 'free' };
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
