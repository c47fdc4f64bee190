import process from 'node:process';
import { type LoadedSettings, loadSettings, type LoadSettingsOptions } from '../config/load-settings.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { rolesHere } from './definitions.ts';
import { type RunOptions, settingsFromOptions } from './run-options.ts';

/** The settings that count for a command that was called with these options in this folder. @throws as `loadSettings`. */
export function loadRunSettings(options: RunOptions, directory: string): LoadedSettings {
  return loadCommandSettings({ path: options.config, directory, overrides: settingsFromOptions(options, directory) });
}

/** Settings with the environment of this process and the person's own file. @throws as `loadSettings`. */
export function loadCommandSettings(options: Omit<LoadSettingsOptions, 'environment' | 'ownFolder' | 'rolesOf'>): LoadedSettings {
  return loadSettings({
    ...options,
    environment: process.env,
    ownFolder: ownSettingsFolder(process.env),
    rolesOf: (workspace) => rolesHere(workspace).declarations,
  });
}

/** The workspace that commands look at which run nothing: that of the settings, or this folder where the settings cannot be read. */
export function workspaceHere(directory: string): string {
  try {
    return loadCommandSettings({ directory, beyondRights: 'leave_out' }).settings.workspace;
  } catch (error) {
    if (error instanceof MultiagentError) return directory;
    throw error;
  }
}
