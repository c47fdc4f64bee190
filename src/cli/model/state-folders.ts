import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { hubFolder } from '../../local-engine/download/model-folders.ts';

/** The folder for what can be recreated: servers, logs, models, measurements. The start script uses the same folder. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(home(), '.cache'), 'multiagent');
}

/** Records and logs of the servers that `multiagent model start` started. */
export function serversFolder(): string {
  return join(cacheFolder(), 'servers');
}

/** Where llama-server keeps its own downloads. */
export function sharedHubFolder(): string {
  return hubFolder(process.env, home());
}

function home(): string {
  return process.env['HOME'] || homedir();
}
