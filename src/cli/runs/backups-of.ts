import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { FileBackups } from '../../files/project/file-backups.ts';
import { isRunId } from '../../utils/run-id.ts';

/** What stood in the project before files of a run were brought into it. */
export function backupsOf(workspace: string, run: string): FileBackups {
  return new FileBackups(join(workspace, '.multiagent', 'backups', run), { within: workspace });
}

/** The runs of which files were brought into the project, by time. */
export async function runsWithBackups(workspace: string): Promise<string[]> {
  await using folder = await new RunFolder(join(workspace, '.multiagent', 'backups'), { within: workspace }).open();
  const names = folder === undefined ? [] : await readdir(folder.path);
  return names.filter(isRunId).sort();
}
