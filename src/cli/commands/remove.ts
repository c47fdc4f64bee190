import type { Workspace } from '../../operations/workspace.ts';
import { requireNotLive } from '../../operations/live-runs.ts';
import { workspacePlaces } from '../../utils/workspace-places.ts';
import { runStream } from '../../events/run-stream.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { errorText } from '../report-error.ts';
import { align } from '../views/text-width.ts';
import { confirm } from '../runs/confirm.ts';
import { findRun } from '../../operations/find-run.ts';
import { localTime } from '../views/format-time.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { readAge } from '../runs/read-age.ts';
import { oldRuns, removeRun } from '../../operations/remove-run.ts';
import { requirementTitle } from '../../state/run/run-title.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

export interface RemoveOptions extends JournalOptions {
  /** An age such as `30d`. */
  olderThan?: string | undefined;
  yes?: boolean | undefined;
}

/** `multiagent rm <run>` and `multiagent rm --older-than <age>` */
export async function remove(reference: string | undefined, { olderThan, yes, ...options }: RemoveOptions): Promise<ExitCode> {
  const age = olderThan === undefined ? undefined : readAge(olderThan);
  if (age === undefined && reference === undefined) {
    throw usageError(
      'No run to remove was named.',
      'Name a run, latest, or an age: multiagent rm --older-than 30d. "multiagent runs" lists the runs.',
    );
  }
  if (age !== undefined && reference !== undefined)
    throw usageError('--older-than already says which runs to remove.', `Leave out "${reference}" or the age.`);
  return withJournal(options, async (workspace) => {
    if (age !== undefined) return removeOld(workspace, { before: Date.now() - age, age: olderThan ?? '', yes });
    const run = await findRun(workspace, reference);
    await requireNotLive(workspace, run);
    const { workflow } = await foldRun(workspace.store.read(runStream(run)));
    const question = `Remove the run ${run} (${workflow.replaceAll('_', ' ')}) with its files${backups(workspace, [run])}?`;
    return (await refusal(question, yes)) ?? removeOne(workspace, run);
  });
}

async function removeOld(
  workspace: Workspace,
  { before, age, yes }: { before: number; age: string; yes: boolean | undefined },
): Promise<ExitCode> {
  const old = await oldRuns(workspace, before);
  if (old.length === 0) {
    writeFolded(`No run is older than ${printableLine(age)}.\n`);
    return exitCode.completed;
  }
  const rows = old.map(({ run, status, startedAt, requirement }) => [run, status, localTime(startedAt), requirementTitle(requirement, 60)]);
  if (!yes) writeFolded(`${align(rows).map(printableLine).join('\n')}\n`);
  const question = `Remove ${old.length === 1 ? 'this run' : `these ${old.length} runs`} with their files${backups(
    workspace,
    old.map(({ run }) => run),
  )}?`;
  const refused = await refusal(question, yes);
  if (refused !== undefined) return refused;
  let code: ExitCode = exitCode.completed;
  for (const { run } of old) {
    try {
      await removeOne(workspace, run);
    } catch (error) {
      // A run that cannot be read, or that somebody has continued, does not prevent removing the others.
      if (!(error instanceof MultiagentError)) throw error;
      writeFolded(errorText(error, 'short'), process.stderr);
      code = exitCode.failed;
    }
  }
  return code;
}

function backups({ workspace }: Workspace, runs: readonly string[]): string {
  const some = runs.some((run) => existsSync(join(workspacePlaces(workspace).backups, run)));
  return some ? ', and the copies of what they replaced in the project' : '';
}

/** Undefined: the person agrees. */
async function refusal(question: string, yes: boolean | undefined): Promise<ExitCode | undefined> {
  if (yes) return undefined;
  const answer = await confirm(question, '--yes');
  if (answer === 'yes') return undefined;
  if (answer === 'no') writeFolded('Nothing was removed.\n');
  return answer === 'no' ? exitCode.completed : exitCode.interrupted;
}

async function removeOne(workspace: Workspace, run: string): Promise<ExitCode> {
  const { removed, kept, folders } = await removeRun(workspace, run);
  const lines = [
    `Removed the run ${run}: its history and ${removed} ${removed === 1 ? 'file' : 'files'}.`,
    ...(kept.length === 0
      ? []
      : [`Kept in ${folders.generated}, because somebody has changed or added them:`, ...kept.map((path) => `  ${path}`)]),
  ];
  writeFolded(`${lines.map(printableLine).join('\n')}\n`);
  return exitCode.completed;
}
