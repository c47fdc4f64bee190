import { resolve } from 'node:path';
import type { OwnRuns } from '../../state/origin/own-runs.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import { type RunFolders, runFolders } from '../journal/run-folders.ts';

export interface FoldersOfRunOptions {
  /** Absolute. */
  workspace: string;
  /** Absolute: where results are written today. */
  outputFolder?: string | undefined;
  ownRuns?: OwnRuns | undefined;
}

/**
 * Where the files of a run lie, for code that is about to read, write or remove some. A journal that came with a folder may name any place: a place outside
 * the workspace is accepted only if results are written there today anyway, or if the run was started here.
 * @throws MultiagentError `run.elsewhere`; as `runFolders`.
 */
export async function foldersOfRun(state: RunState, { workspace, outputFolder, ownRuns }: FoldersOfRunOptions): Promise<RunFolders> {
  const output = resolve(workspace, state.output);
  const folders = runFolders({ output, workspace, run: state.run, workflow: state.workflow });
  if (folders.within === workspace || output === outputFolder || (await ownRuns?.originOf(state)) === 'own') return folders;
  throw new MultiagentError({
    category: 'usage',
    code: 'run.elsewhere',
    message: `The journal says that the results of the run ${state.run} lie in ${shownName(output)}, outside of the workspace, and a journal that came with a folder must not decide that.`,
    hint: `If they are yours, name that folder in settings of your own: output_directory: ${shownName(output)}`,
  });
}

/** Where the journal says that the files of a run lie, only to name the place or look. Code that opens, writes or removes something there asks `foldersOfRun`. */
export function namedFolders({ output, run, workflow }: Pick<RunState, 'output' | 'run' | 'workflow'>, workspace: string): RunFolders {
  return runFolders({ output: resolve(workspace, output), run, workflow });
}
