import type { InstructionStyle } from '../../agents/task-session.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { findModelProfile, type ModelProfile } from '../../llm/profile/model-profile.ts';
import type { PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { PromptEstimate } from '../../llm/budget/estimate-tokens.ts';
import { samplingOf } from '../../llm/chat/sampling-data.ts';
import type { ReplyLimits, RoleModel } from '../run-context.ts';

/** How each role talks to its model: what the settings say stands above what suits the model by its name. */
export function roleModels(settings: Settings, connection: ModelConnection): (role: string) => RoleModel {
  const known = new Map<string, RoleModel>();
  const estimates = new Map<string, PromptEstimate>();
  return (role) => {
    const found = known.get(role) ?? roleModel({ settings, connection, role, estimates });
    known.set(role, found);
    return found;
  };
}

interface RoleModelOptions {
  settings: Settings;
  connection: ModelConnection;
  role: string;
  /** By model: roles that share one share what was learned of it. */
  estimates: Map<string, PromptEstimate>;
}

function roleModel({ settings, connection, role, estimates }: RoleModelOptions): RoleModel {
  const own = ownSettings(settings, role);
  const name = own?.model ?? connection.defaultModel;
  const profile = findModelProfile(name, settings.model_profiles);
  const style: InstructionStyle = { length: profile.instructions, layout: layoutOf(settings.prompt_layout, profile) };
  const estimate = estimates.get(name) ?? new PromptEstimate();
  estimates.set(name, estimate);
  return {
    model: connection.model(name),
    limitsOf: (task) => replyLimits({ settings, profile, own: own?.sampling, task }),
    style,
    attempts: settings.task_attempts ?? profile.attempts,
    reasoning: profile.reasoning,
    estimate,
  };
}

/** `shared` is what `transcript` was called. */
function layoutOf(setting: Settings['prompt_layout'], profile: ModelProfile): PromptLayout {
  if (setting === 'auto') return profile.layout;
  return setting === 'shared' ? 'transcript' : setting;
}

function ownSettings(settings: Settings, role: string) {
  return Object.hasOwn(settings.agents, role) ? settings.agents[role as keyof Settings['agents']] : undefined;
}

interface ReplyLimitsOptions {
  settings: Settings;
  profile: ModelProfile;
  /** The sampling of the role. */
  own: Settings['task_sampling'][string] | undefined;
  task: { taskType: string; expects: 'text' | 'files' };
}

/** The profile, its part for such a step, the settings for all, for the role, for the task type: each wins over those before it. */
function replyLimits({ settings, profile, own = {}, task }: ReplyLimitsOptions): ReplyLimits {
  const { task_sampling: byTaskType, llm_temperature: temperature, llm_max_tokens: maxTokens } = settings;
  const ofTaskType = Object.hasOwn(byTaskType, task.taskType) ? (byTaskType[task.taskType] ?? {}) : {};
  const ofStep = profile[task.expects];
  const caps = [ofTaskType.max_tokens ?? own.max_tokens ?? maxTokens, ofStep.maxTokens ?? profile.maxTokens].filter(
    (cap) => cap !== undefined,
  );
  return {
    sampling: {
      ...profile.sampling,
      ...ofStep.sampling,
      ...samplingOf({ temperature }),
      ...samplingOf(own),
      ...samplingOf(ofTaskType),
    },
    // What the model's profile says of it holds also where people ask for more.
    finalCap: caps.length === 0 ? undefined : Math.min(...caps),
  };
}
