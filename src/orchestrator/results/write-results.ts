import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { RefusedPathError } from '../../files/disk/path-policy.ts';
import { removeFile } from '../../files/disk/remove-file.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { describeSystemError, isSystemError, unwritableReason } from '../../files/disk/system-file-error.ts';
import { sweepTemporaryFilesOf } from '../../files/disk/sweep-temporary-files.ts';
import { temporaryName } from '../../files/disk/write-atomically.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { ensureOutputFolder } from './output-folder.ts';
import { pointLatest } from './point-latest.ts';
import { folderOf, type RunFolders } from '../journal/run-folders.ts';
import { runResult, type WorkflowResult } from './run-result.ts';
import { runSummary } from './run-summary.ts';

/**
 * Writes what is derived from a run's state: `latest`, the summary and the result. May be called again at any time: files are replaced as a whole, and
 * half-written files of an earlier owner of the run are removed.
 * @throws MultiagentError `files.…` when the system cannot write.
 */
export async function writeResults(state: RunState, folders: RunFolders): Promise<WorkflowResult> {
  const result = runResult(state);
  // Each of these waits for the disk.
  await Promise.all([
    state.artifacts.length > 0 ? pointLatest(folders, folders.generated) : undefined,
    writeOutput(folders.summary, runSummary(state), folders),
  ]);
  // Written last: if it is there, everything is.
  await writeOutput(folders.result, `${JSON.stringify(result, null, 2)}\n`, folders);
  await sweepResults(folders);
  return result;
}

/** Whether the results of the run's latest end were written, not only those of an earlier one. */
export async function haveResults(state: RunState, folders: RunFolders): Promise<boolean> {
  try {
    const text = Buffer.from((await folderOf(folders, 'output').read(basename(folders.result))) ?? '').toString('utf8');
    const { completed_at: completedAt } = JSON.parse(text) as Partial<WorkflowResult>;
    return completedAt === (state.finishedAt === undefined ? null : new Date(state.finishedAt).toISOString());
  } catch {
    return false;
  }
}

/** Writes a file that is derived from a run into its output folder, as a whole. `file`: its absolute path. @throws MultiagentError `files.…` when the system cannot write. */
export async function writeOutput(file: string, text: string, folders: RunFolders): Promise<void> {
  try {
    const written = await folderOf(folders, 'output').write(basename(file), Buffer.from(text), { owner: folders.run });
    if (written.kind === 'refused') throw new RefusedPathError(written.refusal);
  } catch (error) {
    throw isSystemError(error) ? new MultiagentError(describeSystemError(error, file)) : error;
  }
}

/** Removes what killed processes left behind while writing results of this run. Only the run's owner may call it. */
export async function sweepResults(folders: RunFolders): Promise<void> {
  const { run, latest, within } = folders;
  await sweepTemporaryFilesOf(run, folderOf(folders, 'output'));
  await sweepTemporaryFilesOf(run, new RunFolder(dirname(latest), { within }));
}

/**
 * Finds out, before any work is done, whether results can be written at all.
 * @throws MultiagentError `output.unwritable`.
 */
export async function requireWritable(folders: RunFolders): Promise<void> {
  const { output, run } = folders;
  try {
    const folder = folderOf(folders, 'output');
    await ensureOutputFolder(folder, { output, owner: run });
    const probe = temporaryName(run);
    // Writes the way files are written, so that anything that would prevent those writes shows up here.
    const written = await folder.write(probe, new Uint8Array(), { owner: run, durability: 'none' });
    if (written.kind === 'refused') throw new RefusedPathError(written.refusal);
    await removeFile(folder, probe, { durability: 'none' });
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'output.unwritable',
      message: `Results cannot be written to ${output}: ${whyNot(error, output)}.`,
      hint: 'Name another folder with --output, or mend its permissions.',
      cause: error,
    });
  }
}

function whyNot(error: unknown, output: string): string {
  const reason = error instanceof RefusedPathError ? error.refusal.reason : undefined;
  if (reason === 'link') return 'a symbolic link stands in its path, and only the folder that it leads to can be named';
  if (reason !== 'not_a_folder') return unwritableReason(error);
  return existsSync(output) ? 'a file stands where a folder has to be' : 'a part of its path is a file';
}
