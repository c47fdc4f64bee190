import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The environment variable that names the settings file. */
export const configPathVariable = 'AGENT_CONFIG_PATH';

/** The first of these that exists in a folder is its settings file. */
export const usualSettingsFiles: readonly string[] = ['config.yaml', 'config.yml', 'config.json'];

/** The environment variables that have a say in where a project is. */
const placeVariables = [configPathVariable, 'WORKSPACE', 'PROJECT_PATH'];

/** Both absolute. */
export interface ProjectPlaces {
  workspace: string;
  output_directory: string;
}

/**
 * The places of a project where nothing sets any: no settings file, no `.env`, no variable. `loadSettings` says the same, but most commands that only read
 * need nothing else of the settings, and checking them takes longer than such a command.
 * @returns undefined where something could set one.
 */
export function usualPlaces({
  directory,
  environment,
  ownFolder,
  workspace = directory,
}: {
  directory: string;
  environment: Readonly<Record<string, string | undefined>>;
  ownFolder: string;
  /** Named on the command line. Default: the directory. */
  workspace?: string | undefined;
}): ProjectPlaces | undefined {
  const files = [
    join(directory, '.env'),
    ...[directory, ownFolder].flatMap((folder) => usualSettingsFiles.map((name) => join(folder, name))),
  ];
  if (placeVariables.some((name) => environment[name] !== undefined) || files.some((file) => existsSync(file))) return undefined;
  const folder = resolve(directory, workspace);
  return { workspace: folder, output_directory: join(folder, 'output') };
}
