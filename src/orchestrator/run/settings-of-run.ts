import { completeSettings } from '../../config/complete-settings.ts';
import type { Settings, SettingsInput } from '../../config/settings-schema.ts';
import { refuseToProject } from '../../config/project-rights.ts';
import type { RunOrigin } from '../../state/origin/own-runs.ts';
import type { RunState } from '../../state/run/run-state.ts';

/**
 * The settings that a run goes on with: those of its start, then what is overridden now. Secrets, the consent to leave this machine and the one to run commands
 * without a sandbox are those of today, whatever the journal holds, and so are folders, which may have moved. A journal that was not written here has the rights of a file of
 * the project: what it may not decide comes from today's settings, too.
 */
export function settingsOfRun(state: RunState, today: Settings, overrides: SettingsInput, origin: RunOrigin): Settings {
  const { workspace, output_directory, log_level, log_file, llm_api_key, allow_remote, sandbox, enable_task_persistence } = today;
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return completeSettings({
    ...(state.settings ?? today),
    workspace,
    output_directory,
    log_level,
    log_file,
    llm_api_key,
    allow_remote,
    sandbox,
    enable_task_persistence,
    ...(origin === 'own' ? {} : beyondJournal(state, today)),
    ...given,
  });
}

/** Of the settings that lead somewhere, those of today that stand in the place of what the journal says. */
function beyondJournal({ settings = {} }: RunState, today: Settings): Partial<Settings> {
  const { workspace } = today;
  const decided = { workspace, allow_remote: false, llm_base_url: undefined };
  const mayNot = (key: 'llm_base_url' | 'model_file') => {
    const value = settings[key];
    return value !== undefined && refuseToProject(key, value, { folders: [workspace], decided }) !== undefined;
  };
  return {
    ...(mayNot('llm_base_url') ? { llm_base_url: today.llm_base_url } : {}),
    ...(mayNot('model_file') ? { model_file: today.model_file } : {}),
  };
}
