import { constants } from 'node:fs';
import { cp, lstat, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { isCredentialName } from '../../utils/credential-names.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';

export interface CopyForCheck {
  /** Absolute. */
  folder: string;
  /** How many of the files that were copied are not what they were, or are gone. */
  countChanged(): Promise<number>;
  remove(): Promise<void>;
}

/**
 * A copy of a run's folder for a command to work in: what it changes or deletes there does not touch the files it speaks for. Left out is what the run did
 * not write and holds keys by its name, such as a person's `.env`.
 * @param options `written`: what the run wrote, relative to the folder. `below`: what else is copied; the files of the folder come over it.
 * @throws the system's error where there is no such folder.
 */
export async function copyForCheck(
  folder: string,
  { written, below = nothingBelow }: { written: ReadonlySet<string>; below?: ProjectBelow | undefined },
): Promise<CopyForCheck> {
  const above = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-check-')));
  const copy = join(above, 'files');
  const remove = () => rm(above, { recursive: true, force: true });
  const ownFolders = new Set([...written].flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))));
  try {
    await mkdir(copy);
    await below.layOut(copy);
    await cp(folder, copy, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      mode: constants.COPYFILE_FICLONE,
      async filter(source) {
        const path = relative(folder, source).split(sep).join('/');
        if (isCredentialName(basename(source)) && !ownFolders.has(path)) return false;
        const entry = await lstat(source);
        return entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
      },
    });
    const before = await listFiles(copy);
    return {
      folder: copy,
      remove,
      async countChanged() {
        const after = await listFiles(copy);
        return [...before].filter(([path, state]) => after.get(path) !== state).length;
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Every file below a folder, with what tells that it was written to. */
async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const states = await Promise.all(
    files.map(async (path) => {
      const { size, mtimeMs, ino } = await lstat(path).catch(() => ({ size: -1, mtimeMs: 0, ino: 0 }));
      return [path, `${size} ${mtimeMs} ${ino}`] as const;
    }),
  );
  return new Map(states);
}
