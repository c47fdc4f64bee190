import { renderDiff } from '../../files/edits/render-diff.ts';
import { checkSentences } from '../../orchestrator/proof/check-sentences.ts';
import { changesOfRun, filesOfRun, verifyRun } from '../../operations/files-of-run.ts';
import { findRun } from '../../operations/find-run.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { fileLines } from '../runs/file-lines.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { hasTask, runAndRest } from '../runs/run-and-rest.ts';
import { writeFolded, writeText } from '../write-folded.ts';

export interface FilesOptions extends JournalOptions {
  /** A task; true: all tasks. */
  diff?: string | true | undefined;
  verify?: boolean | undefined;
}

/** `multiagent files [run]` */
export async function files(reference: string | undefined, { diff, verify, ...options }: FilesOptions): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const run = await findRun(workspace, reference);
    if (verify && diff === undefined) return showVerified(workspace, run);
    const { state, versions, folders, files: seen } = await filesOfRun(workspace, run);
    if (diff !== undefined) return showChanges(workspace, run, diff === true ? undefined : taskOfRun(state, diff).task);
    const { refusals, collisions, removals } = state;
    const checks = checkSentences(state, seen);
    writeFolded(`${fileLines({ versions, refusals, collisions, removals, checks, folders }).join('\n')}\n`);
    return exitCode.completed;
  });
}

/** `multiagent diff [run] [task]` */
export async function diff(words: readonly string[], options: JournalOptions): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const { run, state, rest } = await runAndRest(workspace.store, words, hasTask);
    return showChanges(workspace, run, rest[0] === undefined ? undefined : taskOfRun(state, rest[0]).task);
  });
}

async function showChanges(workspace: Workspace, run: string, wanted: string | undefined): Promise<ExitCode> {
  let told = wanted;
  for (const { task, ...change } of await changesOfRun(workspace, run, wanted)) {
    if (task !== told) writeText(`Task ${task}\n`);
    told = task;
    writeText(renderDiff(change));
  }
  return exitCode.completed;
}

async function showVerified(workspace: Workspace, run: string): Promise<ExitCode> {
  const verified = await verifyRun(workspace, run);
  const different = verified.filter(({ found }) => found !== 'same');
  const count = `${verified.length} ${verified.length === 1 ? 'file' : 'files'}`;
  const lines = [
    ...different.map(({ path, found }) => `${found === 'edited' ? 'edited ' : 'missing'}  ${path}`),
    different.length === 0
      ? `All of ${count} are as the run wrote them.`
      : `${different.length} of ${count} differ from what the run wrote.`,
  ];
  writeFolded(`${lines.map(printableLine).join('\n')}\n`);
  return different.length === 0 ? exitCode.completed : exitCode.failed;
}
