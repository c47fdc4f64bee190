import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface WriteAtomicallyOptions {
  /** Absolute. Its folder exists. */
  file: string;
  content: Uint8Array;
  /** Permission bits of the new file; default: the system's own for new files. */
  mode?: number | undefined;
  /** `executable`: whoever may read the new file may run it. Counts where no `mode` is given. */
  kind?: 'plain' | 'executable' | undefined;
  /** What is being worked on, such as a run's id: part of the temporary name, so that whoever owns it can clear up after a kill in a shared folder. */
  owner?: string | undefined;
  /** The last look before the file becomes visible; what it throws stops the write. */
  beforeRename?: (() => Promise<void>) | undefined;
}

/** Systems that cannot sync a folder say so with one of these; there the rename itself is all that can be had. */
const cannotSyncFolders = new Set(['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** What a file is called until it is whole; the owner of the write is captured. One that is found later was left by a process that was killed. */
export const temporaryFileName = /^\.(?:([\w-]+)\.)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

/** A new name that `temporaryFileName` knows. */
export function temporaryName(owner?: string): string {
  return `.${owner === undefined ? '' : `${owner}.`}${randomUUID()}.tmp`;
}

/**
 * Writes a file so that anyone who looks sees the old content or the new one, never a part, even if the machine loses power. When the promise resolves,
 * content and name are on the disk. When it rejects, nothing has changed and nothing is left behind.
 * @throws the system's error, or what `beforeRename` throws.
 */
export async function writeAtomically({ file, content, mode, kind, owner, beforeRename }: WriteAtomicallyOptions): Promise<void> {
  const folder = dirname(file);
  // A name of fixed length: the file's own name may already be as long as the system allows.
  const temporary = join(folder, temporaryName(owner));
  // `wx` never follows a link and never opens what exists. What others may do is left to the system's mask.
  const handle = await open(temporary, 'wx', kind === 'executable' ? 0o777 : 0o666);
  try {
    await fill(handle, content, mode);
    await beforeRename?.();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Makes what was created, renamed or removed in a folder last, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!cannotSyncFolders.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}

async function fill(handle: FileHandle, content: Uint8Array, mode: number | undefined): Promise<void> {
  try {
    await handle.writeFile(content);
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
