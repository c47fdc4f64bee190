import { relative, resolve } from 'node:path';
import process from 'node:process';
import { type CommittedWorktree, commitWorktree } from '../operations/git/commit-worktree.ts';
import type { Workspace } from '../operations/workspace.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { printableLine } from '../utils/printable.ts';
import { type ExitCode, exitCodeOf, worstExitCode } from './exit-code.ts';
import { shellWord } from './own-command.ts';
import { errorText } from './report-error.ts';
import type { RunOptions } from './run-options.ts';
import { writeFolded } from './write-folded.ts';

/** What became of the worktree of a run that has ended. */
export type WorktreeEnd = { kind: 'none' } | { kind: 'committed'; committed: CommittedWorktree } | { kind: 'failed'; error: unknown };

/** Commits what a completed run has written in its worktree, where it has one. What goes wrong is told after the outcome of the run. */
export async function endWorktree(
  workspace: Workspace,
  { workflow_id: run, status }: Pick<WorkflowResult, 'workflow_id' | 'status'>,
): Promise<WorktreeEnd> {
  if (status !== 'completed') return { kind: 'none' };
  try {
    const committed = await commitWorktree(workspace, run, { environment: process.env, trust: true });
    return committed === undefined ? { kind: 'none' } : { kind: 'committed', committed };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** Says where the commit is, and how to look at it, merge it and remove the worktree. @returns the exit code, given that of the run. */
export function tellWorktree(
  end: WorktreeEnd,
  code: ExitCode,
  { options, workspace }: { options: RunOptions; workspace: string },
): ExitCode {
  if (end.kind === 'none') return code;
  if (end.kind === 'failed') {
    process.stderr.write(errorText(end.error, options.verbose ? 'verbose' : 'short'));
    return worstExitCode([code, exitCodeOf(end.error)]);
  }
  const lines = worktreeLines(end.committed, workspace, process.cwd()).map((line) => `${printableLine(line)}\n`);
  if (!options.quiet) writeFolded(lines.join(''), options.json ? process.stderr : process.stdout);
  return code;
}

/** `directory`: the current folder. */
function worktreeLines({ folder, branch, commit, ignored }: CommittedWorktree, workspace: string, directory: string): string[] {
  const git = workspace === resolve(directory) ? 'git' : `git -C ${shellWord(workspace)}`;
  const [place, name] = [shellWord(relative(workspace, folder)), shellWord(branch)];
  const remove = `  Remove   ${git} worktree remove ${place} && ${git} branch -D ${name}`;
  if (commit === undefined) return [`Nothing to commit on the branch ${branch}: the run changed no file.`, remove];
  return [
    ...ignored.map((path) => `not committed, because Git ignores it: ${path}`),
    `Committed as ${commit} on the branch ${branch}; no hook was run, and the files that you have checked out are as they were.`,
    `  Look     ${git} diff ...${name}`,
    `  Merge    ${git} merge ${name}`,
    remove,
  ];
}
