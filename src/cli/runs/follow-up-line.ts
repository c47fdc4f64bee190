import { resolve } from 'node:path';
import { printableLine } from '../../utils/printable.ts';
import { shellWord } from '../shell-word.ts';

/** Those that ask the model again need the consent to use another machine again. */
const asksModel = { resume: true, retry: true, refine: true, show: false, diff: false, apply: false };

export interface FollowUpLineOptions {
  command: keyof typeof asksModel;
  run: string;
  /** Absolute. */
  workspace: string;
  directory: string;
  /** The run's model server is not on this machine, which has to be allowed again. */
  remote: 'allowed' | 'refused';
}

/** What to type to go on with a run. */
export function followUpLine({ command, run, workspace, directory, remote }: FollowUpLineOptions): string {
  const place = workspace === resolve(directory) ? '' : ` --workspace ${shellWord(printableLine(workspace))}`;
  return `multiagent ${command} ${run}${place}${remote === 'allowed' && asksModel[command] ? ' --allow-remote' : ''}`;
}
