import process from 'node:process';
import { type LoadedSettings, loadSettings, type LoadSettingsOptions } from '../config/load-settings.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { withKeysFrom } from '../llm/providers/provider-keys.ts';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { rolesHere } from './roles-here.ts';
import { type RunOptions, settingsFromOptions } from './run-options.ts';

/** The effective settings of a command with these options in this folder. `allowedHosts`: those that `--allow-remote` allows. @throws what `loadSettings` throws. */
export function loadRunSettings(options: RunOptions, directory: string): LoadedSettings & { allowedHosts: readonly string[] } {
  const given = { path: options.config, directory, overrides: settingsFromOptions(options, directory) };
  const hosts = allowedHosts(options, () => loadCommandSettings({ ...given, beyondRights: 'leave_out' }).settings);
  const overrides = { ...given.overrides, allow_remote: hosts.length === 0 ? undefined : hosts };
  return { ...loadCommandSettings({ ...given, overrides }), allowedHosts: hosts };
}

/** Loads settings with the environment of this process and the person's own file. @throws what `loadSettings` throws. */
export function loadCommandSettings(options: Omit<LoadSettingsOptions, 'environment' | 'ownFolder' | 'rolesOf'>): LoadedSettings {
  const loaded = loadSettings({
    ...options,
    environment: process.env,
    ownFolder: ownSettingsFolder(process.env),
    rolesOf: (workspace) => rolesHere(workspace).declarations,
  });
  const { settings } = loaded;
  return { ...loaded, settings: { ...settings, providers: withKeysFrom(settings.providers, process.env) } };
}
