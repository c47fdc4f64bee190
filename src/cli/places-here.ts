import { resolve } from 'node:path';
import process from 'node:process';
import { ownSettingsFolder } from '../config/own-folders.ts';
import { type ProjectPlaces, usualPlaces } from '../config/usual-places.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';

export interface PlaceOptions {
  workspace?: string | undefined;
  config?: string | undefined;
}

/**
 * Where a command that runs nothing works, given its options. The settings are loaded only if they have a say in it.
 * @throws what `loadSettings` throws.
 */
export async function placesHere({ workspace, config }: PlaceOptions, directory: string): Promise<ProjectPlaces> {
  const usual = placesWithoutSettings({ workspace, config }, directory);
  if (usual !== undefined) return usual;
  const { loadCommandSettings } = await import('./load-run-settings.ts');
  // Reading needs no model server; commands that continue a run load all settings.
  const overrides = { workspace: workspace === undefined ? undefined : resolve(directory, workspace) };
  const { settings } = loadCommandSettings({ path: config, directory, beyondRights: 'leave_out', overrides });
  return settings;
}

/** The same where nothing sets a setting; undefined where something could. */
export function placesWithoutSettings({ workspace, config }: PlaceOptions, directory: string): ProjectPlaces | undefined {
  if (config !== undefined) return undefined;
  return usualPlaces({ directory, environment: process.env, ownFolder: ownSettingsFolder(process.env), workspace });
}

/** The workspace for commands that run nothing: that of the settings, or this folder if the settings cannot be read. */
export async function workspaceHere(directory: string): Promise<string> {
  try {
    return (await placesHere({}, directory)).workspace;
  } catch (error) {
    if (error instanceof MultiagentError) return directory;
    throw error;
  }
}
