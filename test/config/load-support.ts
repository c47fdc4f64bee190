import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import { allFields } from '../../src/config/setting-fields.ts';
import { loadSettings, type LoadSettingsOptions } from '../../src/config/load-settings.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { temporaryProject } from './temporary-project.ts';

export type Options = Omit<LoadSettingsOptions, 'environment' | 'directory'> & { environment?: Record<string, string | undefined> };

export const rolesOf = () => builtInRoles().declarations;

/** Every setting of a team of the built-in roles. */
export const fields = allFields(rolesOf());

export function load(files: Record<string, string>, { environment = {}, ...options }: Options = {}) {
  const directory = temporaryProject(files);
  return { directory, ...loadSettings({ rolesOf, ...options, environment, directory }) };
}

export function failure(attempt: () => unknown): MultiagentError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof MultiagentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export const problem = (files: Record<string, string>, options?: Options) => failure(() => load(files, options)).message;
