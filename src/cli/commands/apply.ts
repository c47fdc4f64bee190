import type { ApplyPlan } from '../../project/changes/apply-files.ts';
import { type AppliedRun, type ApplyPreview, applyRun, previewApply, requireCommit } from '../../operations/apply-run.ts';
import { hasFile, runAndRest } from '../runs/run-and-rest.ts';
import { renderDiff } from '../../files/edits/render-diff.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { confirm } from '../runs/confirm.ts';
import { conflictLines } from '../runs/conflict-lines.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { writeFolded, writeText } from '../write-folded.ts';
import { relative } from 'node:path';
import process from 'node:process';

export interface ApplyOptions extends JournalOptions {
  file?: string[] | undefined;
  check?: boolean | undefined;
  yes?: boolean | undefined;
  /** Uses the run's version of a file that somebody else has changed. */
  overwrite?: boolean | undefined;
  commit?: boolean | undefined;
  trust?: boolean | undefined;
}

/** `multiagent apply [run] [path...]` */
export async function apply(
  words: readonly string[],
  { file, check, yes, overwrite, commit, trust, ...options }: ApplyOptions,
): Promise<ExitCode> {
  return withJournal(options, async (workspace) => {
    const { run, state, rest } = await runAndRest(workspace.store, words, hasFile);
    const only = [...rest, ...(file ?? [])];
    const preview = await previewApply(workspace, run, {
      only: only.length === 0 ? undefined : only,
      conflicts: overwrite ? 'overwrite' : 'refuse',
    });
    const { plan } = preview;
    show(preview);
    const code = plan.refused.length + plan.conflicts.length === 0 ? exitCode.completed : exitCode.failed;
    const isDone = plan.changes.length === 0;
    if (isDone && (check || !commit || plan.same.length === 0 || code !== exitCode.completed)) return code;
    if (check) return exitCode.failed;
    const goesOn = await askAboutOrigin({ ...workspace, state, trust });
    if (goesOn === 'stopped') return exitCode.interrupted;
    if (goesOn === 'no') return exitCode.completed;
    const withGit = commit ? { environment: process.env } : undefined;
    const due = withGit === undefined ? [] : await requireCommit(workspace, preview, withGit);
    if (isDone && due.length === 0) return code;
    if (!yes) {
      const doing = isDone
        ? `Commit ${countOf(due.length)} in`
        : `${commit ? 'Write and commit' : 'Write'} ${countOf(plan.changes.length)} to`;
      const answer = await confirm(`${doing} ${workspace.workspace}?${deletedOf(plan)}`, '--yes, or only look with --check');
      if (answer === 'stopped') return exitCode.interrupted;
      if (answer === 'no') {
        say(['Nothing was written.']);
        return exitCode.completed;
      }
    }
    const applied = await applyRun(workspace, preview, { commit: withGit, trust: true });
    if (isDone) {
      say(committed(applied));
      return code;
    }
    const replaces = plan.changes.some(({ before }) => before !== undefined);
    const deleted = plan.changes.filter(({ after }) => after === undefined).length;
    const written = plan.changes.length - deleted;
    const done = [
      ...(written > 0 || deleted === 0 ? [`Wrote ${countOf(written)}`] : []),
      ...(deleted > 0 ? [`deleted ${countOf(deleted)}`] : []),
    ].join(', ');
    say([
      `${done.charAt(0).toUpperCase()}${done.slice(1)}.${replaces && applied.backup !== undefined ? ` What was there before is kept in ${relative(workspace.workspace, applied.backup)}.` : ''}`,
      ...committed(applied),
      `Undo it with: multiagent undo --applied ${run}`,
    ]);
    return code;
  });
}

/** Writes the patch to standard output and everything else to standard error, so that a program can read the patch from a pipe. */
function show({ plan, edited, missing, folder }: ApplyPreview): void {
  for (const { path, before, after } of plan.changes) writeText(renderDiff({ path, before, after }));
  const isMerged = plan.changes.filter(({ merged }) => merged !== undefined);
  say([
    ...edited.map((path) => `edited since the run, applied as it is now: ${path}`),
    ...missing.map((path) => `no longer in the run's folder, left out: ${path}`),
    ...isMerged.map(({ path }) => `merged with changes in the project since the run read it: ${path}`),
    ...plan.conflicts.flatMap(conflictLines),
    ...(plan.conflicts.length === 0
      ? []
      : [
          `  --overwrite uses the run's version; with --check it shows what that would change. To keep both changes, combine them in the run's files first: ${folder}`,
        ]),
    ...plan.refused.map(({ path, reason }) => `not applied, ${path}: ${reason}`),
    totals(plan),
  ]);
}

function say(lines: readonly string[]): void {
  writeFolded(lines.map((line) => `${printableLine(line)}\n`).join(''), process.stderr);
}

function committed({ commit }: AppliedRun): string[] {
  if (commit === undefined) return [];
  return [
    ...commit.ignored.map((path) => `not committed, because Git ignores it: ${path}`),
    `Committed as ${commit.commit}; no hook was run.`,
  ];
}

/** Says what will be deleted before it is deleted. */
function deletedOf({ changes }: ApplyPlan): string {
  const deleted = changes.filter(({ after }) => after === undefined).map(({ path }) => path);
  return deleted.length === 0 ? '' : ` This deletes ${deleted.join(', ')}.`;
}

function totals({ changes, same, conflicts, refused }: ApplyPlan): string {
  const fresh = changes.filter(({ before }) => before === undefined).length;
  const deleted = changes.filter(({ after }) => after === undefined).length;
  const merged = changes.filter(({ merged }) => merged !== undefined).length;
  const parts = [
    `${fresh} new`,
    `${changes.length - fresh - deleted} changed${merged === 0 ? '' : `, of which ${merged} merged`}`,
    ...(deleted === 0 ? [] : [`${deleted} deleted`]),
    `${same.length} the same already`,
    ...(conflicts.length === 0 ? [] : [`${conflicts.length} in conflict`]),
    ...(refused.length === 0 ? [] : [`${refused.length} refused`]),
  ];
  return `${parts.join(', ')}.`;
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
