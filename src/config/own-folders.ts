import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** The folder of a person's own settings, for all projects. */
export function ownSettingsFolder(environment: Variables): string {
  return ownFolder(environment, 'XDG_CONFIG_HOME', '.config');
}

/** The folder for records of what this person did on this machine. No project may write them. */
export function ownStateFolder(environment: Variables): string {
  return ownFolder(environment, 'XDG_STATE_HOME', join('.local', 'state'));
}

/** A relative path counts as not given, as the XDG convention says: it would be inside the project. */
function ownFolder(environment: Variables, variable: string, usual: string): string {
  const named = environment[variable];
  const above = named !== undefined && isAbsolute(named) ? named : join(environment['HOME'] || homedir(), usual);
  return join(above, 'multiagent');
}
