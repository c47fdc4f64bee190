import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunFolder } from '../files/disk/run-folder.ts';
import { FileBackups } from '../project/changes/file-backups.ts';
import { isRunId } from '../utils/run-id.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';

/** Copies of what was in the project before a run was applied to it. */
export function backupsOf(workspace: string, run: string): FileBackups {
  return new FileBackups(join(workspacePlaces(workspace).backups, run), { within: workspace });
}

/** The runs that were applied to the project, oldest first. */
export async function runsWithBackups(workspace: string): Promise<string[]> {
  using folder = await new RunFolder(workspacePlaces(workspace).backups, { within: workspace }).open();
  const names = folder === undefined ? [] : await readdir(folder.path);
  return names.filter(isRunId).sort();
}

/** When a run was last applied to the project, in ISO 8601; undefined: never, or all of it was undone. @throws MultiagentError `backup.damaged` */
export async function appliedAt(workspace: string, run: string): Promise<string | undefined> {
  return (await backupsOf(workspace, run).latest())?.appliedAt;
}

/** The run that was applied to the project last. */
export async function lastApplied(workspace: string): Promise<string | undefined> {
  let last: { run: string; at: string } | undefined;
  for (const run of await runsWithBackups(workspace)) {
    const at = await appliedAt(workspace, run);
    if (at !== undefined && (last === undefined || at >= last.at)) last = { run, at };
  }
  return last?.run;
}
