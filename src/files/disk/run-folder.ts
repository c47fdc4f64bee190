import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { checkPath, collisionKey, refuse, type CheckedPath, type Refusal } from './path-policy.ts';
import { shownName } from '../../utils/shown-name.ts';
import { RefusedPathError } from './refused-path-error.ts';
import { syncFolder, writeAtomically } from './write-atomically.ts';

export type ResolvedPath =
  /** `path` is relative to the folder, with `/`; `file` is where it stands on the disk. */
  { kind: 'accepted'; path: string; file: string } | { kind: 'refused'; refusal: Refusal };

/** What a write did, compared with what stood on the disk before. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged';

export type FolderWrite = { kind: 'written'; path: string; outcome: WriteOutcome } | { kind: 'refused'; refusal: Refusal };

/**
 * The one folder that a run may write into. Names come from a model and are not trusted: each is judged as text, then against the real file system,
 * and once more right before its file becomes visible. Links are never followed, not even those that stay inside: two names for one file would let
 * blocks overwrite each other unseen.
 */
export class RunFolder {
  readonly folder: string;

  /** @param folder Absolute; created by the first write, with its parents. */
  constructor(folder: string) {
    if (!isAbsolute(folder)) {
      throw new MultiagentError({
        code: 'files.folder_not_absolute',
        message: `The folder of a run must be an absolute path, not '${folder}'.`,
        hint: 'Resolve it against the workspace first.',
      });
    }
    this.folder = folder;
  }

  /** Judges the name alone, without looking at the disk. */
  check(name: string): CheckedPath {
    return checkPath(name);
  }

  /** Judges a name against the disk as it is now. Creates nothing. */
  async resolve(name: string): Promise<ResolvedPath> {
    const checked = checkPath(name);
    if (checked.kind === 'refused') return checked;
    const { path } = checked;
    const root = await this.#root();
    let folder = root;
    const segments = path.split('/');
    for (const [index, segment] of segments.entries()) {
      const refusal = await refuseEntry({ folder, segment, path, place: index === segments.length - 1 ? 'file' : 'folder' });
      if (refusal !== undefined) return { kind: 'refused', refusal };
      folder = join(folder, segment);
    }
    return { kind: 'accepted', path, file: folder };
  }

  /** The bytes of a file of this folder; undefined where there is none, or the name is refused. */
  async read(name: string): Promise<Uint8Array | undefined> {
    const resolved = await this.resolve(name);
    return resolved.kind === 'refused' || (await statOf(resolved.file)) === undefined ? undefined : readFile(resolved.file);
  }

  /**
   * Writes a file with exactly these bytes; does not touch one that holds them already.
   * @throws the system's error, such as a full disk. The file is then as it was.
   */
  async write(name: string, content: Uint8Array): Promise<FolderWrite> {
    const resolved = await this.resolve(name);
    if (resolved.kind === 'refused') return resolved;
    const { path } = resolved;
    try {
      await this.#makeFolders(path);
      const file = await this.#place(path);
      const stats = await statOf(file);
      if (stats?.size === content.byteLength && (await readFile(file)).equals(content))
        return { kind: 'written', path, outcome: 'unchanged' };
      const beforeRename = async () => {
        if ((await this.#place(path)) !== file) throw new RefusedPathError(refuse('link', path, 'leads elsewhere since a moment ago'));
      };
      await writeAtomically({ file, content, mode: stats && stats.mode & 0o777, beforeRename });
      return { kind: 'written', path, outcome: stats === undefined ? 'created' : 'updated' };
    } catch (error) {
      if (error instanceof RefusedPathError) return { kind: 'refused', refusal: error.refusal };
      throw error;
    }
  }

  /** The folder itself may be reached through links: people put their output on other disks. */
  async #root(): Promise<string> {
    return (await ifExists(realpath(this.folder))) ?? this.folder;
  }

  async #makeFolders(path: string): Promise<void> {
    const created = await mkdir(this.folder, { recursive: true });
    if (created !== undefined) await syncFolder(dirname(created));
    let folder = await this.#root();
    for (const segment of path.split('/').slice(0, -1)) {
      const parent = folder;
      folder = join(folder, segment);
      if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(parent);
    }
  }

  /**
   * Where a file of this folder stands now, with its folder there.
   * @throws RefusedPathError
   */
  async #place(path: string): Promise<string> {
    const resolved = await this.resolve(path);
    if (resolved.kind === 'refused') throw new RefusedPathError(resolved.refusal);
    const folder = dirname(resolved.file);
    if ((await ifExists(realpath(folder))) !== folder) throw new RefusedPathError(refuse('link', path, 'leads through a link'));
    return resolved.file;
  }
}

interface Entry {
  folder: string;
  segment: string;
  /** The whole path, for the message. */
  path: string;
  place: 'folder' | 'file';
}

async function refuseEntry({ folder, segment, path, place }: Entry): Promise<Refusal | undefined> {
  const other = await otherSpelling(folder, segment);
  if (other !== undefined) {
    const sameLetters = other.normalize('NFC') === segment.normalize('NFC');
    return sameLetters
      ? refuse('normalisation', path, `differs from a file that exists only in how its accents are encoded`)
      : refuse('case', path, `differs from '${shownName(other)}', which exists, only in capital letters`);
  }
  const stats = await statOf(join(folder, segment));
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return refuse('link', path, `leads through a symbolic link`);
  if (place === 'folder') return stats.isDirectory() ? undefined : refuse('not_a_folder', path, `needs a folder where a file stands`);
  if (stats.isDirectory()) return refuse('directory', path, 'is a folder that exists');
  return stats.isFile() ? undefined : refuse('not_a_file', path, 'exists and is no ordinary file');
}

/** Another name in the folder that some file system takes for the same. */
async function otherSpelling(folder: string, segment: string): Promise<string | undefined> {
  const names = (await ifExists(readdir(folder))) ?? [];
  const key = collisionKey(segment);
  return names.find((name) => name !== segment && name.length <= segment.length * 3 && collisionKey(name) === key);
}

function statOf(file: string): Promise<Stats | undefined> {
  return ifExists(lstat(file));
}

async function ifExists<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
