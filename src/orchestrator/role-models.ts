import type { InstructionStyle } from '../agents/task-session.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import { findModelProfile } from '../llm/model-profile.ts';
import type { RoleModel } from './run-context.ts';

/** How each role talks to its model: what the settings say stands above what suits the model by its name. */
export function roleModels(settings: Settings, connection: ModelConnection): (role: string) => RoleModel {
  const known = new Map<string, RoleModel>();
  return (role) => {
    const own = Object.hasOwn(settings.agents, role) ? settings.agents[role as keyof Settings['agents']].model : undefined;
    const name = own ?? connection.defaultModel;
    const found = known.get(name) ?? roleModel(settings, connection, name);
    known.set(name, found);
    return found;
  };
}

function roleModel(settings: Settings, connection: ModelConnection, name: string): RoleModel {
  const profile = findModelProfile(name, settings.model_profiles);
  const style: InstructionStyle = { length: profile.instructions, layout: settings.prompt_layout };
  const caps = [settings.llm_max_tokens, profile.maxTokens].filter((cap) => cap !== undefined);
  return {
    model: connection.model(name),
    sampling: { ...profile.sampling, ...(settings.llm_temperature === undefined ? {} : { temperature: settings.llm_temperature }) },
    style,
    finalCap: caps.length === 0 ? undefined : Math.min(...caps),
  };
}
