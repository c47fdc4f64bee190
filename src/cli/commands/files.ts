import { resolve } from 'node:path';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import { renderDiff } from '../../files/edits/render-diff.ts';
import { fileVersions } from '../../orchestrator/artifacts/file-versions.ts';
import { changedSince } from '../../orchestrator/checks/changed-since.ts';
import { checkSentence } from '../../orchestrator/checks/check-sentence.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { folderOf, runFolders } from '../../orchestrator/journal/run-folders.ts';
import { taskChanges } from '../../orchestrator/artifacts/task-changes.ts';
import { verifyFiles } from '../../orchestrator/artifacts/verify-files.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun, type RunState } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { fileLines } from '../runs/file-lines.ts';
import { filesNow } from '../runs/files-now.ts';
import { findRun } from '../runs/find-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { hasTask } from '../runs/has-task.ts';
import { runAndRest } from '../runs/run-and-rest.ts';
import { taskOfRun } from '../runs/task-of-run.ts';
import { writeText } from '../runs/write-text.ts';
import { writeFolded } from '../write-folded.ts';

export interface FilesOptions extends JournalOptions {
  /** A task; true: every one. */
  diff?: string | true | undefined;
  verify?: boolean | undefined;
}

/** `multiagent files [run]` */
export async function files(reference: string | undefined, { diff, verify, ...options }: FilesOptions): Promise<ExitCode> {
  return withJournal(options, async (journal) => {
    const { store, workspace } = journal;
    const state = await foldRun(store.read(`run:${await findRun(store, reference)}`));
    if (diff !== undefined) return showChanges(store, state, diff === true ? undefined : taskOfRun(state, diff).task);
    const folders = runFolders({ output: resolve(workspace, state.output), run: state.run, workflow: state.workflow });
    if (verify) return showVerified(state, folderOf(await foldersOfRun(state, journal), 'generated'));
    const { refusals, collisions } = state;
    const seen = await filesNow(state, workspace);
    const checks = state.checks.map((check) => checkSentence(check, changedSince(state, check, seen)));
    writeFolded(`${fileLines({ versions: fileVersions(state), refusals, collisions, checks, folders }).join('\n')}\n`);
    return exitCode.completed;
  });
}

/** `multiagent diff [run] [task]` */
export async function diff(words: readonly string[], options: JournalOptions): Promise<ExitCode> {
  return withJournal(options, async ({ store }) => {
    const { state, rest } = await runAndRest(store, words, hasTask);
    return showChanges(store, state, rest[0] === undefined ? undefined : taskOfRun(state, rest[0]).task);
  });
}

async function showChanges(store: EventStore, state: RunState, wanted: string | undefined): Promise<ExitCode> {
  const content = async (sha256: string | undefined) => (sha256 === undefined ? undefined : store.getContent(sha256));
  for (const task of wanted === undefined ? state.tasks.keys() : [wanted]) {
    const changes = taskChanges(state, task);
    if (wanted === undefined && changes.length > 0) writeText(`Task ${task}\n`);
    for (const { path, before, after } of changes)
      writeText(renderDiff({ path, before: await content(before), after: await content(after) }));
  }
  return exitCode.completed;
}

async function showVerified(state: RunState, folder: RunFolder): Promise<ExitCode> {
  const verified = await verifyFiles(state, folder);
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
