import { resolve } from 'node:path';
import { type SeenFile, seenFiles } from '../../orchestrator/checks/seen-files.ts';
import { runFolders } from '../../orchestrator/journal/run-folders.ts';
import type { RunState } from '../../state/run/run-state.ts';

/** The files of a run as they lie there now, which says for what its checks speak; undefined where nothing was checked, so that nothing is read for it. */
export async function filesNow(state: RunState, workspace: string): Promise<SeenFile[] | undefined> {
  if (state.checks.length === 0) return undefined;
  const { run, workflow, output } = state;
  return seenFiles(state, runFolders({ output: resolve(workspace, output), run, workflow }).generated);
}
