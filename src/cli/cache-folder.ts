import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Where this user's programs keep what can be made again: the folder that the start script uses, too. */
export function cacheFolder(): string {
  const given = process.env['XDG_CACHE_HOME'];
  return join(given === undefined || given === '' ? join(homedir(), '.cache') : given, 'multiagent');
}
