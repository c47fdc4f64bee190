import { dirname } from 'node:path/posix';
import { hashContent } from '../../utils/hash-content.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { stopped, sweepFoldersOf } from './apply-files.ts';
import type { BackedUpFile, FileBackups } from './file-backups.ts';
import { refuseProjectPath } from '../../files/disk/path-policy.ts';
import { removeEmptyFolders, removeFile } from '../../files/disk/remove-file.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';

/** What became of the files when the project was restored, by their paths relative to it. */
export interface TakenBack {
  removed: string[];
  restored: string[];
  /** Files that were in their earlier state already. */
  untouched: string[];
  /** The commit that was made of them; it stays. */
  commit: string | undefined;
}

/**
 * Restores a project to its state before files were last brought into it. All or nothing: if a person has edited one of the files since, none is touched.
 * @returns undefined if there is nothing to take back.
 * @throws MultiagentError `undo.edited`, `backup.damaged`.
 */
export async function takeBack(project: string, backups: FileBackups): Promise<TakenBack | undefined> {
  const backup = await backups.latest();
  if (backup === undefined) return undefined;
  const folder = new RunFolder(project);
  const steps: { file: BackedUpFile; content: Uint8Array | undefined }[] = [];
  const result: TakenBack = { removed: [], restored: [], untouched: [], commit: await backups.commitOf(backup) };
  const edited: string[] = [];
  for (const file of backup.files) {
    const found = await folder.read(file.path);
    const now = found === undefined ? null : hashContent(found);
    if (now === file.before) {
      result.untouched.push(file.path);
    } else if (now !== file.after || refuseProjectPath(file.path) !== undefined) {
      edited.push(file.path);
    } else {
      const content = file.before === null ? undefined : await backups.contentOf(backup, file);
      if (file.before !== null && content === undefined) throw lostContent(backup.folder, file.path);
      steps.push({ file, content });
    }
  }
  if (edited.length > 0) {
    throw new MultiagentError({
      code: 'undo.edited',
      message: `Edited since they were applied: ${edited.join(', ')}. Nothing was taken back.`,
      hint: `What was there before lies in ${backup.folder}.`,
    });
  }
  for (const { file, content } of steps) {
    const doing =
      content === undefined ? removeFile(folder, file.path) : folder.write(file.path, content, { owner: backups.owner, modes: 'keep' });
    const done = await doing.catch((error: unknown) => {
      throw stopped(
        error,
        `'${file.path}' could not be put back`,
        'The files before it have been put back.',
        'Fix that, then run the command again.',
      );
    });
    if (done.kind === 'refused')
      throw new MultiagentError({
        code: 'undo.refused',
        message: done.refusal.message,
        hint: `What was there before lies in ${backup.folder}.`,
      });
    (content === undefined ? result.removed : result.restored).push(file.path);
  }
  // A killed `apply` may have left empty folders and half-written files.
  await sweepFoldersOf(backup.files, folder, backups.owner);
  for (const { path, before } of backup.files) if (before === null) await removeEmptyFolders(folder, dirname(path));
  await backups.remove(backup);
  return result;
}

function lostContent(folder: string, path: string): MultiagentError {
  return new MultiagentError({
    code: 'backup.damaged',
    message: `The backup in ${folder} does not contain the earlier version of ${path} as it was kept. Nothing was taken back.`,
    hint: `Restore by hand what is there, then remove ${folder}.`,
  });
}
