import { relative } from 'node:path';
import process from 'node:process';
import { applyChanges, type ApplyPlan, planApply } from '../../files/project/apply-files.ts';
import { renderDiff } from '../../files/edits/render-diff.ts';
import { type FilesToApply, filesToApply } from '../../orchestrator/artifacts/files-to-apply.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { folderOf } from '../../orchestrator/journal/run-folders.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { commitFiles, requireCommittable } from '../git/commit-files.ts';
import { commitMessage } from '../git/commit-message.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { backupsOf } from '../runs/backups-of.ts';
import { confirm } from '../runs/confirm.ts';
import { conflictLines } from '../runs/conflict-lines.ts';
import { knownVersions } from '../runs/known-versions.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { requireNotLive } from '../runs/remove-run.ts';
import { runAndRest } from '../runs/run-and-rest.ts';
import { hasFile } from '../runs/has-file.ts';
import { writeText } from '../runs/write-text.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

export interface ApplyOptions extends JournalOptions {
  file?: string[] | undefined;
  check?: boolean | undefined;
  yes?: boolean | undefined;
  /** Takes the run's version where a change of somebody else stands in its way. */
  overwrite?: boolean | undefined;
  commit?: boolean | undefined;
  trust?: boolean | undefined;
}

/** `multiagent apply [run] [path...]` */
export async function apply(
  words: readonly string[],
  { file, check, yes, overwrite, commit, trust, ...options }: ApplyOptions,
): Promise<ExitCode> {
  return withJournal(options, async (journal) => {
    const { store, workspace } = journal;
    const { run, state, rest } = await runAndRest(store, words, hasFile);
    await requireNotLive({ store, run });
    const only = [...rest, ...(file ?? [])];
    const folder = folderOf(await foldersOfRun(state, journal), 'generated');
    const found = await filesToApply({ state, folder, only: only.length === 0 ? undefined : only });
    const known = await knownVersions({ store, workspace, state });
    const plan = await planApply(workspace, found.files, { known, conflicts: overwrite ? 'overwrite' : 'refuse' });
    show(plan, found, folder.folder);
    const leftOut = plan.refused.length + plan.conflicts.length;
    const code = leftOut === 0 ? exitCode.completed : exitCode.failed;
    if (plan.changes.length === 0) return code;
    if (check) return exitCode.failed;
    const goesOn = await askAboutOrigin({ ...journal, state, trust });
    if (goesOn === 'stopped') return exitCode.interrupted;
    if (goesOn === 'no') return exitCode.completed;
    if (commit) {
      if (leftOut > 0) throw notWhole();
      await requireCommittable(workspace, pathsOf(plan));
    }
    if (!yes) {
      const answer = await confirm(
        `${commit ? 'Write and commit' : 'Write'} ${countOf(plan.changes.length)} to ${workspace}?`,
        '--yes, or only look with --check',
      );
      if (answer === 'stopped') return exitCode.interrupted;
      if (answer === 'no') {
        say(['Nothing was written.']);
        return exitCode.completed;
      }
    }
    const backups = backupsOf(workspace, run);
    const backup = await applyChanges({ project: workspace, changes: plan.changes, backups, now: Date.now() });
    const replaces = plan.changes.some(({ before }) => before !== undefined);
    say([
      `Wrote ${countOf(plan.changes.length)}.${replaces ? ` What was there before is kept in ${relative(workspace, backup)}.` : ''}`,
      ...(commit ? await committed(workspace, plan, state, (hash) => backups.noteCommit(backup, hash)) : []),
      `Take it back with: multiagent undo --applied ${run}`,
    ]);
    return code;
  });
}

/** The patch on standard output, everything else beside it: in a pipe the differences stand alone, so that a program can read them. */
function show(plan: ApplyPlan, { edited, missing }: FilesToApply, generated: string): void {
  for (const { path, before, after } of plan.changes) writeText(renderDiff({ path, before, after }));
  const isMerged = plan.changes.filter(({ merged }) => merged !== undefined);
  say([
    ...edited.map((path) => `edited since the run, taken as it is now: ${path}`),
    ...missing.map((path) => `not in the run's folder any more, left out: ${path}`),
    ...isMerged.map(({ path }) => `merged with what changed in the project since the run read it: ${path}`),
    ...plan.conflicts.flatMap(conflictLines),
    ...(plan.conflicts.length === 0
      ? []
      : [
          `  --overwrite takes the run's version; with --check it shows what that would change. The run's files lie in ${generated}: bring both together there first, if both are wanted.`,
        ]),
    ...plan.refused.map(({ path, reason }) => `not applied, ${path}: ${reason}`),
    totals(plan),
  ]);
}

function say(lines: readonly string[]): void {
  writeFolded(lines.map((line) => `${printableLine(line)}\n`).join(''), process.stderr);
}

async function committed(workspace: string, plan: ApplyPlan, state: RunState, note: (commit: string) => Promise<void>): Promise<string[]> {
  const { commit, ignored } = await commitFiles(workspace, pathsOf(plan), commitMessage(state));
  await note(commit);
  return [...ignored.map((path) => `not committed, because Git is told to ignore it: ${path}`), `Committed as ${commit}; no hook was run.`];
}

function notWhole(): MultiagentError {
  return usageError(
    'Not every file can be applied, and --commit is all or nothing. Nothing was written.',
    'Name the files that are to be taken, use --overwrite, or leave --commit out.',
  );
}

function pathsOf({ changes }: ApplyPlan): string[] {
  return changes.map(({ path }) => path);
}

function totals({ changes, same, conflicts, refused }: ApplyPlan): string {
  const fresh = changes.filter(({ before }) => before === undefined).length;
  const merged = changes.filter(({ merged }) => merged !== undefined).length;
  const parts = [
    `${fresh} new`,
    `${changes.length - fresh} changed${merged === 0 ? '' : `, of which ${merged} merged`}`,
    `${same.length} the same already`,
    ...(conflicts.length === 0 ? [] : [`${conflicts.length} in conflict`]),
    ...(refused.length === 0 ? [] : [`${refused.length} refused`]),
  ];
  return `${parts.join(', ')}.`;
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
