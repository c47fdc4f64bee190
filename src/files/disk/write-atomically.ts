import { randomUUID } from 'node:crypto';
import { closeSync, fchmodSync, fsync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface WriteAtomicallyOptions {
  /** Absolute. Its folder exists. */
  file: string;
  content: Uint8Array;
  /** Permission bits of the new file. Default: the system's own for new files. */
  mode?: number | undefined;
  /** `executable`: whoever may read the new file may run it. Applies if no `mode` is given. */
  kind?: 'plain' | 'executable' | undefined;
  /** The owner of the write, such as a run's id. It is part of the temporary name, so that the owner can clean up in a shared folder after a kill. */
  owner?: string | undefined;
  /** `none`: for a file that may be gone, or empty, after a power failure. Default: `full`. */
  durability?: 'full' | 'none' | undefined;
  /** The last check before the file becomes visible. What it throws stops the write. */
  beforeRename?: (() => Promise<void>) | undefined;
}

/** Errors of systems that cannot sync a folder; there the rename itself has to do. */
const cannotSyncFolders = new Set(['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** The name of a file until it is complete; the group is the owner of the write. One that is found later was left by a killed process. */
export const temporaryFileName = /^\.(?:([\w-]+)\.)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

/** A new name that matches `temporaryFileName`. */
export function temporaryName(owner?: string): string {
  return `.${owner === undefined ? '' : `${owner}.`}${randomUUID()}.tmp`;
}

/**
 * Writes a file so that everybody sees either the old content or the new one, never a part, even if the machine loses power. When the promise resolves, content
 * and name are on the disk, unless `durability` says otherwise. When it rejects, nothing has changed and nothing is left behind.
 * @throws the system's error, or what `beforeRename` throws.
 */
export async function writeAtomically({
  file,
  content,
  mode,
  kind,
  owner,
  durability,
  beforeRename,
}: WriteAtomicallyOptions): Promise<void> {
  const folder = dirname(file);
  // A name of fixed length: the file's own name may already be as long as the system allows.
  const temporary = join(folder, temporaryName(owner));
  // `wx` never follows a link and never opens an existing file. The system's mask decides what others may do.
  const open = openSync(temporary, 'wx', kind === 'executable' ? 0o777 : 0o666);
  try {
    await fill(open, content, { mode, durability });
    await beforeRename?.();
    renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  if (durability !== 'none') await syncFolder(folder);
}

/** Makes what was created, renamed or removed in a folder durable, if the system can. */
export async function syncFolder(folder: string): Promise<void> {
  let open: number | undefined;
  try {
    open = openSync(folder, 'r');
    await sync(open);
  } catch (error) {
    if (!cannotSyncFolders.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (open !== undefined) closeSync(open);
  }
}

/** Writes, sets the mode, waits for the disk, and closes. */
async function fill(
  open: number,
  content: Uint8Array,
  { mode, durability }: Pick<WriteAtomicallyOptions, 'mode' | 'durability'>,
): Promise<void> {
  try {
    for (let written = 0; written < content.byteLength;) written += writeSync(open, content, written);
    if (mode !== undefined) fchmodSync(open, mode);
    if (durability !== 'none') await sync(open);
  } finally {
    closeSync(open);
  }
}

/** Only this takes long enough for another thread. */
const sync = promisify(fsync);

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The first trouble is the one to tell of.
  }
}
