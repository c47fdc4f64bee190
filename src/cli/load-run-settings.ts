import process from 'node:process';
import { type LoadedSettings, loadSettings, type LoadSettingsOptions } from '../config/load-settings.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { rolesHere } from './definitions.ts';
import { type RunOptions, settingsFromOptions } from './run-options.ts';

/** The effective settings of a command with these options in this folder. @throws what `loadSettings` throws. */
export function loadRunSettings(options: RunOptions, directory: string): LoadedSettings {
  return loadCommandSettings({ path: options.config, directory, overrides: settingsFromOptions(options, directory) });
}

/** Loads settings with the environment of this process and the person's own file. @throws what `loadSettings` throws. */
export function loadCommandSettings(options: Omit<LoadSettingsOptions, 'environment' | 'ownFolder' | 'rolesOf'>): LoadedSettings {
  return loadSettings({
    ...options,
    environment: process.env,
    ownFolder: ownSettingsFolder(process.env),
    rolesOf: (workspace) => rolesHere(workspace).declarations,
  });
}

/** The workspace for commands that run nothing: that of the settings, or this folder if the settings cannot be read. */
export function workspaceHere(directory: string): string {
  try {
    return loadCommandSettings({ directory, beyondRights: 'leave_out' }).settings.workspace;
  } catch (error) {
    if (error instanceof MultiagentError) return directory;
    throw error;
  }
}
