import { mkdir, rm } from 'node:fs/promises';
import { writeAtomically } from '../files/write-atomically.ts';
import type { RunState } from '../state/run-state.ts';
import { pointLatest } from './point-latest.ts';
import type { RunFolders } from './run-folders.ts';
import { runResult, type WorkflowResult } from './run-result.ts';
import { runSummary } from './run-summary.ts';

/** Writes what is derived from a run's state: the result, the summary and `latest`. May be called again at any time; files are replaced whole. */
export async function writeResults(state: RunState, folders: RunFolders): Promise<WorkflowResult> {
  const result = runResult(state);
  await writeAtomically(folders.result, `${JSON.stringify(result, null, 2)}\n`);
  await writeAtomically(folders.summary, runSummary(state));
  if (state.artifacts.length > 0) await pointLatest(folders.latest, folders.generated);
  return result;
}

/** Finds out before any work is done whether results can be written at all. Throws what the system says. */
export async function requireWritable({ output }: RunFolders): Promise<void> {
  await mkdir(output, { recursive: true });
  const probe = `${output}/.writable`;
  await writeAtomically(probe, '');
  await rm(probe, { force: true });
}
