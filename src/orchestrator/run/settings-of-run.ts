import { isDeepStrictEqual } from 'node:util';
import { completeSettings } from '../../config/complete-settings.ts';
import type { NamedModel } from '../../config/named-model.ts';
import type { Settings, SettingsInput } from '../../config/settings-schema.ts';
import { refuseToProject } from '../../config/project-rights.ts';
import { dollarsOf } from '../../utils/format-dollars.ts';
import type { RunOrigin } from '../../state/origin/own-runs.ts';
import type { RunState } from '../../state/run/run-state.ts';

/**
 * The settings that a run continues with: those of its start, then today's overrides. Secrets, the consent to leave this machine, the one to fetch packages and the one to run commands
 * without a sandbox are those of today, like the providers, MCP servers and what stands in for a model, whatever the journal holds, and so are folders, which may have moved. A journal that was not written here has the rights of a file of
 * the project: what it may not decide comes from today's settings, too.
 */
export function settingsOfRun(state: RunState, today: Settings, overrides: SettingsInput, origin: RunOrigin): Settings {
  const { workspace, output_directory, log_level, log_file, llm_api_key, allow_remote, allow_install, sandbox, enable_task_persistence } =
    today;
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return completeSettings({
    ...(state.settings ?? today),
    workspace,
    output_directory,
    log_level,
    log_file,
    llm_api_key,
    allow_remote,
    allow_install,
    sandbox,
    enable_task_persistence,
    providers: today.providers,
    fallback: today.fallback,
    mcp: today.mcp,
    tool_agents: today.tool_agents,
    ...(origin === 'own' ? {} : beyondJournal(state, today)),
    models: modelsFor(state, today, origin),
    ...(given['llm_base_url'] === undefined && given['llm_model'] === undefined ? {} : { default_model: undefined }),
    ...given,
    ...(given['budget'] === undefined ? { budget: budgetFor(state, today, origin) } : {}),
    // What was begun in private goes on so.
    private: today.private || state.settings?.['private'] === true || given['private'] === true,
  });
}

/** Of the settings that lead somewhere, those of today that stand in the place of what the journal says. */
function beyondJournal({ settings = {} }: RunState, today: Settings): Partial<Settings> {
  const { workspace, verify_command, llm_provider } = today;
  const decided = { workspace, allow_remote: false, llm_base_url: undefined };
  const mayNot = (key: 'llm_base_url' | 'model_file') => {
    const value = settings[key];
    return value !== undefined && refuseToProject(key, value, { folders: [workspace], decided }) !== undefined;
  };
  return {
    verify_command,
    llm_provider,
    ...(mayNot('llm_base_url') ? { llm_base_url: today.llm_base_url } : {}),
    ...(mayNot('model_file') ? { model_file: today.model_file } : {}),
  };
}

/** The one of the run, which whoever resumed it last may have changed, else that of today. A journal that was not written here can only lower that. */
function budgetFor({ budget }: RunState, today: Settings, origin: RunOrigin): Settings['budget'] {
  if (budget === undefined) return today.budget;
  const recorded = dollarsOf(budget);
  return origin === 'own' || today.budget === 'none' ? recorded : Math.min(recorded, today.budget);
}

/** The models that the run was planned with, and their keys of today as long as they go to the same address. */
function modelsFor({ settings }: RunState, today: Settings, origin: RunOrigin): Settings['models'] {
  const recorded =
    settings === undefined ? today.models : completeSettings({ models: settings['models'] as Settings['models'] | undefined }).models;
  const bounds = {
    folders: [today.workspace],
    decided: { workspace: today.workspace, allow_remote: false as const, llm_base_url: undefined },
  };
  return Object.fromEntries(
    Object.entries(recorded).flatMap(([name, kept]): [string, NamedModel][] => {
      const model = { ...kept };
      // As it was recorded, it is masked.
      delete model.api_key;
      const now = today.models[name];
      if (origin !== 'own' && refuseToProject(`models.${name}`, model, bounds) !== undefined) return now === undefined ? [] : [[name, now]];
      const key = isDeepStrictEqual(now?.base_url, model.base_url) ? now?.api_key : undefined;
      return [[name, key === undefined ? model : { ...model, api_key: key }]];
    }),
  );
}
