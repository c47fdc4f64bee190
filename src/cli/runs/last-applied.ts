import { backupsOf, runsWithBackups } from './backups-of.ts';

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
