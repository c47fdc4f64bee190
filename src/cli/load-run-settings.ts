import process from 'node:process';
import { type LoadedSettings, loadSettings } from '../config/load-settings.ts';
import { type RunOptions, settingsFromOptions } from './run-options.ts';

/** The settings that count for a command that was called with these options in this folder. @throws as `loadSettings`. */
export function loadRunSettings(options: RunOptions, directory: string): LoadedSettings {
  return loadSettings({ path: options.config, environment: process.env, directory, overrides: settingsFromOptions(options, directory) });
}
