import type { TakenBack } from '../../project/changes/take-back.ts';
import { shellWord } from '../own-command.ts';
import { runStream } from '../../events/run-stream.ts';
import { findRun } from '../../operations/find-run.ts';
import { requireNotLive } from '../../operations/live-runs.ts';
import { appliedAt, lastApplied } from '../../operations/project-backups.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import { undoApply, undoRun } from '../../operations/undo-run.ts';
import type { Workspace } from '../../operations/workspace.ts';
import type { UndoPlan } from '../../orchestrator/artifacts/plan-undo.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { hasTask, type RunAndRest, runAndRest } from '../runs/run-and-rest.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

export interface UndoOptions extends JournalOptions {
  applied?: boolean | undefined;
  trust?: boolean | undefined;
}

/** `multiagent undo [run] [task]` and `multiagent undo --applied [run]` */
export async function undo(words: readonly string[], { applied, trust, ...options }: UndoOptions): Promise<ExitCode> {
  if (applied && words.length > 1) throw usageError('--applied undoes everything that was applied, not one task.', 'Leave out the task.');
  return withJournal(options, async (workspace) => {
    const meant = applied ? await meantApplied(words[0], workspace) : await runAndRest(workspace.store, words, hasTask);
    const known = await askAboutOrigin({ ...workspace, state: meant.state, trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const lines = applied ? await takenBack(meant.run, workspace) : await undone(meant, workspace);
    writeFolded(`${lines.map(printableLine).join('\n')}\n`);
    return exitCode.completed;
  });
}

/** Without a name, the run that was applied last is meant, which need not be the newest. */
async function meantApplied(reference: string | undefined, workspace: Workspace): Promise<RunAndRest> {
  const last = reference === undefined ? await lastApplied(workspace.workspace) : undefined;
  const run = last ?? (await findRun(workspace, reference));
  return { run, state: await foldRun(workspace.store.read(runStream(run))), rest: [] };
}

async function undone({ run, state, rest }: RunAndRest, workspace: Workspace): Promise<string[]> {
  const [wanted] = rest;
  await requireNotLive(workspace, run);
  const task = wanted === undefined ? undefined : taskOfRun(state, wanted).task;
  const { files, replaced } = await undoRun(workspace, run, { task, trust: true });
  return [
    ...files.map(undoneLine),
    ...replaced.map((path) => `left      ${path}, which a later step has replaced`),
    `Their contents stay in the journal: multiagent files ${run} --diff`,
    ...((await appliedAt(workspace.workspace, run)) === undefined
      ? []
      : [`What was applied to the project is still there. To undo that: multiagent undo --applied ${run}`]),
  ];
}

/** A commit may have been pushed, and others may build on it, so the person decides what to do with it. */
function commitStays({ commit, restored, removed }: TakenBack): string {
  const paths = [...restored, ...removed].map(shellWord).join(' ');
  return `The commit ${commit} stays: these changes undo it once they are committed, with git commit -m "Revert ${commit}" -- ${paths}`;
}

function undoneLine({ path, from, to }: UndoPlan['files'][number]): string {
  if (to !== undefined) return `restored  ${path}, as ${to.task} wrote it`;
  return from === undefined ? `kept      ${path}, which no step deletes any more` : `removed   ${path}`;
}

async function takenBack(run: string, workspace: Workspace): Promise<string[]> {
  const result = await undoApply(workspace, run, { trust: true });
  return [
    ...result.restored.map((path) => `restored  ${path}`),
    ...result.removed.map((path) => `removed   ${path}`),
    ...result.untouched.map((path) => `unchanged ${path}`),
    `The files are as they were before the run ${run} was applied.`,
    ...(result.commit === undefined ? [] : [commitStays(result)]),
  ];
}
