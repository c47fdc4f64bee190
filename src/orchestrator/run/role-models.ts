import type { TestsInRun } from '../../agents/instruction-text.ts';
import type { InstructionStyle } from '../../agents/task-session.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { requestContext } from '../../llm/budget/request-context.ts';
import { findModelProfile, type ModelProfile } from '../../llm/profile/model-profile.ts';
import type { PromptLayout } from '../../llm/profile/prompt-layout.ts';
import type { ChatModel } from '../../llm/chat-model.ts';
import { PricedChatModel } from '../../llm/cost/priced-chat-model.ts';
import type { Spending } from '../../llm/cost/spending.ts';
import type { ModelPrice } from '../../llm/model-price.ts';
import { PromptEstimate } from '../../llm/budget/estimate-tokens.ts';
import { samplingOf } from '../../llm/chat/sampling-data.ts';
import type { RunModels } from '../models/run-models.ts';
import type { ModelUser, ReplyLimits, RoleModel } from '../run-context.ts';

export interface RoleModelsOptions {
  settings: Settings;
  models: Pick<RunModels, 'of'>;
  /** How many tasks run at once. */
  maxParallel: number;
  /** Whether tests are run in this run. */
  tests: TestsInRun;
  /** What the run may spend, and has spent. */
  spending: Spending;
}

/** How each task talks to its model: settings take precedence over the profile that the model's name suggests. */
export function roleModels({
  settings,
  models,
  maxParallel,
  tests,
  spending,
}: RoleModelsOptions): (user: ModelUser | undefined) => RoleModel {
  const known = new Map<string, RoleModel>();
  /** By model: roles that share one share what was learned of it. */
  const estimates = new Map<string, PromptEstimate>();
  const estimateOf = (key: string) => {
    const estimate = estimates.get(key) ?? new PromptEstimate();
    estimates.set(key, estimate);
    return estimate;
  };
  const priced = new Map<string, ChatModel>();
  /** The same for all roles that ask the same model. */
  const withPrice = (model: ChatModel, place: string, price: ModelPrice): ChatModel => {
    if (price.kind === 'free') return model;
    const key = JSON.stringify([place, model.name]);
    const prices = price.kind === 'priced' ? price.prices : undefined;
    const known = priced.get(key) ?? new PricedChatModel({ model, place, prices, spending });
    priced.set(key, known);
    return known;
  };
  return (user = { role: '', taskType: '' }) => {
    const { chosen, connection, model: name } = models.of(user);
    const key = JSON.stringify([user.role, chosen.name, name]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const profile = findModelProfile(name, settings.model_profiles, chosen.profile);
    const own = Object.hasOwn(settings.agents, user.role) ? settings.agents[user.role]?.sampling : undefined;
    const style: InstructionStyle = { length: profile.instructions, layout: layoutOf(settings.prompt_layout, profile), tests };
    const price = connection.priceOf?.(name) ?? { kind: 'free' };
    const role: RoleModel = {
      name: chosen.name,
      place: chosen.place,
      price,
      model: withPrice(connection.model(name), chosen.place, price),
      team: connection.team?.(name),
      contextTokens: requestContext(connection, maxParallel),
      limitsOf: (task) => replyLimits({ settings, profile, own, task }),
      style,
      attempts: settings.task_attempts ?? profile.attempts,
      edits: profile.edits,
      calls: profile.calls,
      reasoning: profile.reasoning,
      estimate: estimateOf(JSON.stringify([chosen.place, name])),
    };
    known.set(key, role);
    return role;
  };
}

/** `shared` is what `transcript` was called. */
function layoutOf(setting: Settings['prompt_layout'], profile: ModelProfile): PromptLayout {
  if (setting === 'auto') return profile.layout;
  return setting === 'shared' ? 'transcript' : setting;
}

interface ReplyLimitsOptions {
  settings: Settings;
  profile: ModelProfile;
  /** The sampling of the role. */
  own: Settings['task_sampling'][string] | undefined;
  task: Parameters<RoleModel['limitsOf']>[0];
}

/** The profile, its part for such a step, the settings for all, for the role, for the task type, and what the step says: each wins over those before it. */
function replyLimits({ settings, profile, own = {}, task }: ReplyLimitsOptions): ReplyLimits {
  const { task_sampling: byTaskType, llm_temperature: temperature, llm_max_tokens: maxTokens } = settings;
  const ofTaskType = Object.hasOwn(byTaskType, task.taskType) ? (byTaskType[task.taskType] ?? {}) : {};
  const ofStep = profile[task.expects === 'either' ? 'files' : task.expects];
  // It was checked with the step.
  const ofOne = (task.sampling ?? {}) as typeof own;
  const caps = [ofOne.max_tokens ?? ofTaskType.max_tokens ?? own.max_tokens ?? maxTokens, ofStep.maxTokens ?? profile.maxTokens].filter(
    (cap) => cap !== undefined,
  );
  return {
    sampling: {
      ...profile.sampling,
      ...ofStep.sampling,
      ...samplingOf({ temperature }),
      ...samplingOf(own),
      ...samplingOf(ofTaskType),
      ...samplingOf(ofOne),
    },
    // A limit in the model's profile holds even if people ask for more.
    finalCap: caps.length === 0 ? undefined : Math.min(...caps),
  };
}
