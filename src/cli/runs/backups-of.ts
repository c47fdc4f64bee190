import { join } from 'node:path';
import { FileBackups } from '../../files/project/file-backups.ts';

/** What stood in the project before files of a run were brought into it. */
export function backupsOf(workspace: string, run: string): FileBackups {
  return new FileBackups(join(workspace, '.multiagent', 'backups', run), { within: workspace });
}
