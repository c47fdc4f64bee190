import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isTrulyInside } from '../../config/folders.ts';
import { unwritableReason } from '../../files/disk/system-file-error.ts';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { usageError } from '../usage-error.ts';

export interface NewDefinition {
  /** Absolute. */
  folder: string;
  /** Absolute: the folder that it must be in, links followed; absent: it is the person's own folder. */
  within?: string | undefined;
  /** The file's name. */
  file: string;
  content: string;
  /** Names of files and folders that would define the same. */
  taken: readonly string[];
  /** A file of ours beside it, which is written anew each time. */
  beside?: { file: string; content: string } | undefined;
}

/**
 * Writes a new definition and returns its path. Nothing that exists is changed.
 * @throws MultiagentError `definition.exists`; `usage` if the folder of a workspace leads out of it; `output.unwritable`.
 */
export async function writeDefinition({ folder, within, file, content, taken, beside }: NewDefinition): Promise<string> {
  const path = join(folder, file);
  try {
    if (within !== undefined && !isTrulyInside(within, folder))
      throw usageError(
        `${folder} leads out of the workspace by a link.`,
        'Remove the link, or write the file to your own folder with --own.',
      );
    await ensureFolder(folder);
    const there = taken.find((name) => existsSync(join(folder, name)));
    if (there !== undefined) throw alreadyThere(join(folder, there));
    await create(path, content);
    if (beside !== undefined) {
      // A link is removed, not followed.
      await rm(join(folder, beside.file), { force: true });
      await create(join(folder, beside.file), beside.content);
    }
    return path;
  } catch (cause) {
    if (cause instanceof MultiagentError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(path);
    throw new MultiagentError({
      category: 'usage',
      code: 'output.unwritable',
      message: `${path} cannot be written: ${unwritableReason(cause)}.`,
      hint: 'Fix the problem and try again, or write the file to your own folder with --own.',
      cause,
    });
  }
}

/** `wx` opens no file that exists, and follows no link. A write that fails leaves nothing behind. */
async function create(path: string, content: string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(content);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

function alreadyThere(path: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'definition.exists',
    message: `${path} exists, and was left as it is.`,
    hint: 'Give another name, or edit the file.',
  });
}
