import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunFolder } from '../files/disk/run-folder.ts';
import { FileBackups } from '../files/project/file-backups.ts';
import { isRunId } from '../utils/run-id.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';

/** What stood in the project before files of a run were brought into it. */
export function backupsOf(workspace: string, run: string): FileBackups {
  return new FileBackups(join(workspacePlaces(workspace).backups, run), { within: workspace });
}

/** The runs of which files were brought into the project, by time. */
export async function runsWithBackups(workspace: string): Promise<string[]> {
  using folder = await new RunFolder(workspacePlaces(workspace).backups, { within: workspace }).open();
  const names = folder === undefined ? [] : await readdir(folder.path);
  return names.filter(isRunId).sort();
}

/** When files of a run were last brought into the project, in ISO 8601; undefined: never, or all was taken back. @throws MultiagentError `backup.damaged` */
export async function appliedAt(workspace: string, run: string): Promise<string | undefined> {
  return (await backupsOf(workspace, run).latest())?.appliedAt;
}

/** The run whose files were brought into the project last. */
export async function lastApplied(workspace: string): Promise<string | undefined> {
  let last: { run: string; at: string } | undefined;
  for (const run of await runsWithBackups(workspace)) {
    const at = await appliedAt(workspace, run);
    if (at !== undefined && (last === undefined || at >= last.at)) last = { run, at };
  }
  return last?.run;
}
