import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeSystemError, isSystemError, unwritableReason } from '../../files/disk/system-file-error.ts';
import { sweepTemporaryFilesOf } from '../../files/disk/sweep-temporary-files.ts';
import { temporaryName, writeAtomically } from '../../files/disk/write-atomically.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { ensureOutputFolder } from './output-folder.ts';
import { pointLatest } from './point-latest.ts';
import type { RunFolders } from '../run/run-folders.ts';
import { runResult, type WorkflowResult } from './run-result.ts';
import { runSummary } from './run-summary.ts';

/**
 * Writes what is derived from a run's state: `latest`, the summary and the result. May be called again at any time; files are replaced whole, and
 * what an earlier owner of the run left half written is removed.
 * @throws MultiagentError `files.…` when the system cannot write.
 */
export async function writeResults(state: RunState, folders: RunFolders): Promise<WorkflowResult> {
  const result = runResult(state);
  if (state.artifacts.length > 0) await pointLatest(folders.latest, folders.generated);
  await write(folders.summary, runSummary(state), folders);
  // Last: where it stands, all of it stands.
  await write(folders.result, `${JSON.stringify(result, null, 2)}\n`, folders);
  await sweepResults(folders);
  return result;
}

/** Whether the results of a run's end were written, and not only those of an earlier end. */
export async function haveResults(state: RunState, { result }: RunFolders): Promise<boolean> {
  try {
    const { completed_at: completedAt } = JSON.parse(await readFile(result, 'utf8')) as Partial<WorkflowResult>;
    return completedAt === (state.finishedAt === undefined ? null : new Date(state.finishedAt).toISOString());
  } catch {
    return false;
  }
}

async function write(file: string, text: string, { run }: RunFolders): Promise<void> {
  try {
    await ensureFolder(dirname(file));
    await writeAtomically({ file, content: Buffer.from(text), owner: run });
  } catch (error) {
    throw isSystemError(error) ? new MultiagentError(describeSystemError(error, file)) : error;
  }
}

/** Removes what processes that were killed while they wrote results of this run have left beside them. Only the run's owner may call it. */
export async function sweepResults({ run, output, latest }: RunFolders): Promise<void> {
  await sweepTemporaryFilesOf(run, output);
  await sweepTemporaryFilesOf(run, dirname(latest));
}

/**
 * Finds out before any work is done whether results can be written at all.
 * @throws MultiagentError `output.unwritable`.
 */
export async function requireWritable({ output, run }: RunFolders): Promise<void> {
  try {
    await ensureOutputFolder(output);
    const probe = join(output, temporaryName(run));
    // In the way in which files are written, so that what would keep those from being written shows here.
    await writeAtomically({ file: probe, content: new Uint8Array(), owner: run });
    await rm(probe, { force: true });
  } catch (error) {
    throw new MultiagentError({
      code: 'output.unwritable',
      message: `Results cannot be written to ${output}: ${unwritableReason(error)}.`,
      hint: 'Name another folder with --output, or mend its permissions.',
      cause: error,
    });
  }
}
