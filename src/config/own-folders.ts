import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a person keeps settings of their own, for all projects. */
export function ownSettingsFolder(environment: Variables): string {
  return ownFolder(environment, 'XDG_CONFIG_HOME', '.config');
}

/** Where is kept what this person did on this machine, and no project can say. */
export function ownStateFolder(environment: Variables): string {
  return ownFolder(environment, 'XDG_STATE_HOME', join('.local', 'state'));
}

/** A path that is not absolute counts as not given, as the convention says: it would lie in the project. */
function ownFolder(environment: Variables, variable: string, usual: string): string {
  const named = environment[variable];
  const above = named !== undefined && isAbsolute(named) ? named : join(environment['HOME'] || homedir(), usual);
  return join(above, 'multiagent');
}
