import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { isTrulyInside } from './folders.ts';
import { showName } from './show-value.ts';
import { configPathVariable, usualSettingsFiles } from './usual-places.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface SettingsFile {
  /** Absolute. */
  path: string;
  /** Who chose the file: a person (the caller, the real environment), or the project (the file has a usual name or is named in `.env`). */
  chosenBy: 'person' | 'project';
  warnings: string[];
}

export interface FindSettingsFileOptions {
  path?: string | undefined;
  environment: Variables;
  dotenv: Variables;
  directory: string;
}

const given = (variables: Variables) => variables[configPathVariable]?.trim() || undefined;

/**
 * The settings file to read, or undefined where there is none: the file that the caller names, else that of AGENT_CONFIG_PATH, else the first of config.yaml,
 * config.yml and config.json in the directory.
 * @throws MultiagentError `settings.not_found` for a named file that does not exist; `settings.invalid` for a file outside the project that `.env` names.
 */
export function findSettingsFile({ path, environment, dotenv, directory }: FindSettingsFileOptions): SettingsFile | undefined {
  const chosen = path ?? given(environment);
  const named = chosen ?? given(dotenv);
  if (named !== undefined) {
    const file = resolve(directory, named);
    if (chosen === undefined && !isTrulyInside(directory, file)) throw elsewhere(file);
    if (!existsSync(file)) {
      const from = path === undefined ? `, which ${configPathVariable} names,` : '';
      throw new MultiagentError({
        category: 'usage',
        code: 'settings.not_found',
        message: `The settings file ${showName(file)}${from} does not exist.`,
        hint: 'Correct the path, or leave it out to use the config.yaml of the current folder or the defaults.',
      });
    }
    return { path: file, chosenBy: chosen === undefined ? 'project' : 'person', warnings: [] };
  }
  return usualFile(directory, 'project');
}

/** The settings file in the folder of a person's own settings, if there is one. */
export function findOwnSettingsFile(folder: string | undefined): SettingsFile | undefined {
  return folder === undefined ? undefined : usualFile(folder, 'person');
}

function usualFile(folder: string, chosenBy: SettingsFile['chosenBy']): SettingsFile | undefined {
  const [first, ...others] = usualSettingsFiles.filter((name) => existsSync(join(folder, name)));
  if (first === undefined) return undefined;
  const warnings = others.map((name) => `${name} is ignored, because ${first} is in the same folder.`);
  return { path: join(folder, first), chosenBy, warnings };
}

function elsewhere(file: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'settings.invalid',
    message: `.env, ${configPathVariable}: the settings file ${showName(file)} is outside the project, and a file of the project must not choose such a file.`,
    hint: `Set ${configPathVariable} in your shell, or pass --config ${showName(file)}, if you want it.`,
  });
}
