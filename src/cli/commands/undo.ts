import { takeBack, type TakenBack } from '../../files/project/take-back.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { undoFiles } from '../../orchestrator/undo-files.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { appliedAt, lastApplied } from '../runs/last-applied.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { backupsOf } from '../runs/backups-of.ts';
import { findRun } from '../runs/find-run.ts';
import { type Journal, type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { requireNotLive } from '../runs/remove-run.ts';
import { hasTask } from '../runs/has-task.ts';
import { type RunAndRest, runAndRest } from '../runs/run-and-rest.ts';
import { shellWord } from '../shell-word.ts';
import { taskOfRun } from '../runs/task-of-run.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

export interface UndoOptions extends JournalOptions {
  applied?: boolean | undefined;
  trust?: boolean | undefined;
}

/** `multiagent undo [run] [task]` and `multiagent undo --applied [run]` */
export async function undo(words: readonly string[], { applied, trust, ...options }: UndoOptions): Promise<ExitCode> {
  if (applied && words.length > 1)
    throw usageError('--applied takes back everything that was applied, not one task.', 'Leave out the task.');
  return withJournal(options, async (journal) => {
    const { run, state, rest } = await meant(words, applied ? 'applied' : 'written', journal);
    const known = await askAboutOrigin({ ...journal, state, trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const lines = applied ? await undoApplied(run, journal) : await undoWritten({ run, state, rest }, journal);
    writeFolded(`${lines.map(printableLine).join('\n')}\n`);
    return exitCode.completed;
  });
}

/** What was applied is taken back of the run that was applied last, which need not be the newest. */
async function meant(words: readonly string[], what: 'applied' | 'written', { store, workspace }: Journal): Promise<RunAndRest> {
  if (what === 'written') return runAndRest(store, words, hasTask);
  const run = words[0] === undefined ? ((await lastApplied(workspace)) ?? (await findRun(store))) : await findRun(store, words[0]);
  return { run, state: await foldRun(store.read(`run:${run}`)), rest: [] };
}

async function undoWritten({ run, state, rest }: RunAndRest, journal: Journal): Promise<string[]> {
  const { store, workspace } = journal;
  const [wanted] = rest;
  await requireNotLive({ store, run });
  const task = wanted === undefined ? undefined : taskOfRun(state, wanted).task;
  const folders = await foldersOfRun(state, journal);
  const { files, replaced } = await undoFiles({ store, run, task, folders, clock: systemClock });
  return [
    ...files.map(({ path, to }) => (to === undefined ? `removed   ${path}` : `restored  ${path}, as ${to.task} wrote it`)),
    ...replaced.map((path) => `left      ${path}, which a later step has replaced`),
    `Their contents stay in the journal: multiagent files ${run} --diff`,
    ...((await appliedAt(workspace, run)) === undefined
      ? []
      : [`What was applied to the project is still there: multiagent undo --applied ${run} takes it back.`]),
  ];
}

/** A commit may have been pushed, and others may stand on it: what becomes of it is the person's to say. */
function commitStays({ commit, restored, removed }: TakenBack): string {
  const paths = [...restored, ...removed].map(shellWord).join(' ');
  return `The commit ${commit} stays: these changes undo it once they are committed, with git commit -m "Revert ${commit}" -- ${paths}`;
}

async function undoApplied(run: string, { workspace }: Journal): Promise<string[]> {
  const result = await takeBack(workspace, backupsOf(workspace, run));
  if (result === undefined) {
    throw new MultiagentError({
      code: 'undo.nothing',
      message: `Nothing of the run ${run} is applied to this project, as far as .multiagent/backups tells.`,
      hint: `multiagent apply ${run} brings its files in.`,
    });
  }
  return [
    ...result.restored.map((path) => `restored  ${path}`),
    ...result.removed.map((path) => `removed   ${path}`),
    ...result.untouched.map((path) => `as it was ${path}`),
    `The files are as they were before those of the run ${run} were applied.`,
    ...(result.commit === undefined ? [] : [commitStays(result)]),
  ];
}
