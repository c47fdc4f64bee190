import { completeSettings } from '../../config/complete-settings.ts';
import type { Settings, SettingsInput } from '../../config/settings-schema.ts';
import type { RunState } from '../../state/run/run-state.ts';

/**
 * The settings that a run goes on with: those of its start, then what is overridden now. Secrets and the consent to leave this machine are not in the
 * journal and come from the settings of today, and so do folders, which may have moved.
 */
export function settingsOfRun(state: RunState, today: Settings, overrides: SettingsInput): Settings {
  const { workspace, output_directory, log_level, log_file, llm_api_key, allow_remote, enable_task_persistence } = today;
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return completeSettings({
    ...(state.settings ?? today),
    workspace,
    output_directory,
    log_level,
    log_file,
    llm_api_key,
    allow_remote,
    enable_task_persistence,
    ...given,
  });
}
