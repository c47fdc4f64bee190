import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.ts';
import type { RunState } from '../state/run-state.ts';
import { ensureFolder } from '../utils/ensure-folder.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { pointLatest } from './point-latest.ts';
import type { RunFolders } from './run-folders.ts';
import { runResult, type WorkflowResult } from './run-result.ts';
import { runSummary } from './run-summary.ts';

/** Writes what is derived from a run's state: the result, the summary and `latest`. May be called again at any time; files are replaced whole. */
export async function writeResults(state: RunState, folders: RunFolders): Promise<WorkflowResult> {
  const result = runResult(state);
  await writeAtomically({ file: folders.result, content: Buffer.from(`${JSON.stringify(result, null, 2)}\n`) });
  await writeAtomically({ file: folders.summary, content: Buffer.from(runSummary(state)) });
  if (state.artifacts.length > 0) await pointLatest(folders.latest, folders.generated);
  return result;
}

/**
 * Finds out before any work is done whether results can be written at all.
 * @throws MultiagentError `output.unwritable`.
 */
export async function requireWritable({ output }: RunFolders): Promise<void> {
  try {
    await ensureFolder(output);
    const probe = join(output, `.writable-${randomUUID()}`);
    await writeAtomically({ file: probe, content: new Uint8Array() });
    await rm(probe, { force: true });
  } catch (error) {
    throw new MultiagentError({
      code: 'output.unwritable',
      message: `Results cannot be written to ${output}: ${(error as Error).message}.`,
      hint: 'Name another folder with --output, or mend its permissions.',
      cause: error,
    });
  }
}
