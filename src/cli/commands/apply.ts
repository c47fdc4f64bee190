import { relative } from 'node:path';
import process from 'node:process';
import { applyChanges, type ApplyPlan, planApply } from '../../files/project/apply-files.ts';
import { unifiedDiff } from '../../files/edits/unified-diff.ts';
import { filesToApply } from '../../orchestrator/artifacts/files-to-apply.ts';
import { foldersOfRun } from '../../orchestrator/run/folders-of-run.ts';
import { folderOf } from '../../orchestrator/run/run-folders.ts';
import { foldRun } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { backupsOf } from '../runs/backups-of.ts';
import { confirm } from '../runs/confirm.ts';
import { findRun } from '../runs/find-run.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { requireNotLive } from '../runs/remove-run.ts';
import { writeText } from '../runs/write-text.ts';

export interface ApplyOptions extends JournalOptions {
  file?: string[] | undefined;
  check?: boolean | undefined;
  yes?: boolean | undefined;
  trust?: boolean | undefined;
}

/** `multiagent apply <run>` */
export async function apply(reference: string, { file, check, yes, trust, ...options }: ApplyOptions): Promise<ExitCode> {
  return withJournal(options, async (journal) => {
    const { store, workspace } = journal;
    const run = await findRun(store, reference);
    await requireNotLive({ store, run });
    const state = await foldRun(store.read(`run:${run}`));
    const folder = folderOf(await foldersOfRun(state, journal), 'generated');
    const { files, edited, missing } = await filesToApply({ state, folder, only: file });
    const plan = await planApply(workspace, files);
    for (const { path, before, after } of plan.changes) writeText(unifiedDiff({ path, before, after }));
    // In a pipe the differences stand alone, so that a program can read them.
    const say = (lines: string[]) => void process.stderr.write(lines.map((line) => `${printableLine(line)}\n`).join(''));
    say([
      ...edited.map((path) => `edited since the run, taken as it is now: ${path}`),
      ...missing.map((path) => `not in the run's folder any more, left out: ${path}`),
      ...plan.refused.map(({ path, reason }) => `not applied, ${path}: ${reason}`),
      totals(plan),
    ]);
    if (plan.changes.length === 0) return plan.refused.length === 0 ? exitCode.completed : exitCode.failed;
    if (check) return exitCode.failed;
    const known = await askAboutOrigin({ ...journal, state, trust });
    if (known === 'stopped') return exitCode.interrupted;
    if (known === 'no') return exitCode.completed;
    if (!yes) {
      const answer = await confirm(`Write ${countOf(plan.changes.length)} to ${workspace}?`, '--yes, or only look with --check');
      if (answer === 'stopped') return exitCode.interrupted;
      if (answer === 'no') {
        say(['Nothing was written.']);
        return exitCode.completed;
      }
    }
    const backup = await applyChanges({ project: workspace, changes: plan.changes, backups: backupsOf(workspace, run), now: Date.now() });
    say([
      `Wrote ${countOf(plan.changes.length)}.${replaces(plan) ? ` What was there before is kept in ${relative(workspace, backup)}.` : ''}`,
      `Take it back with: multiagent undo --applied ${run}`,
    ]);
    return plan.refused.length === 0 ? exitCode.completed : exitCode.failed;
  });
}

function replaces({ changes }: ApplyPlan): boolean {
  return changes.some(({ before }) => before !== undefined);
}

function totals({ changes, same, refused }: ApplyPlan): string {
  const fresh = changes.filter(({ before }) => before === undefined).length;
  const parts = [`${fresh} new`, `${changes.length - fresh} changed`, `${same.length} the same already`];
  return `${[...parts, ...(refused.length === 0 ? [] : [`${refused.length} refused`])].join(', ')}.`;
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
