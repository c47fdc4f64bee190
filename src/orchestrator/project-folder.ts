import { join } from 'node:path';
import { RunFolder } from '../files/disk/run-folder.ts';
import type { RunState } from '../state/run/run-state.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';

/** Absolute: the folder of the files that a run knows as its project: that of its Git worktree, or the workspace. */
export function projectFolder(workspace: string, { worktree }: Pick<RunState['input'], 'worktree'>): string {
  return worktree === undefined ? workspace : join(worktreeFolder(workspace, worktree.run), ...worktree.prefix.split('/'));
}

/** The same folder, to read from. No link leads out of the workspace. */
export function projectOnDisk(workspace: string, input: Pick<RunState['input'], 'worktree'>): RunFolder {
  return new RunFolder(projectFolder(workspace, input), { within: workspace });
}

/** Absolute: the folder of the Git worktree of a run. It follows from the id alone: a journal may have come along with a project. */
export function worktreeFolder(workspace: string, run: string): string {
  return join(workspacePlaces(workspace).worktrees, run);
}
