import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { OpenFolder } from '../../files/disk/open-folder.ts';
import { unreadableReason } from '../../utils/describe-error.ts';

/** What changes whenever a file is written, by the system's own account. Times are in milliseconds since 1970, to less than a microsecond. */
export type FileStamp = Readonly<Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino'>>;

/** Why there is nothing to read. `gone`: nothing is there. `behind_link`: a link or a file is on the way. */
export type NothingToRead =
  | { readonly kind: 'huge' | 'link' | 'behind_link' | 'folder' | 'gone' }
  /** `reason` ends a sentence. */
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface ReadBytes {
  readonly kind: 'read';
  /** Valid until any reader reads anything else. */
  readonly bytes: Uint8Array;
  /** Of the file when it was read. */
  readonly stamp: FileStamp;
}

/** Every file is read into this one before the next is read: one for each file would keep the collector of garbage busy. */
let buffer = Buffer.allocUnsafeSlow(0);

/**
 * Reads files below a folder of somebody else's without following any link on the way, also if somebody replaces a folder by a link meanwhile. It keeps
 * the folders above the last file open, so that sorted paths are read quickly.
 */
export class FolderReader implements Disposable {
  /** The folder that was entered last. Those on the way to it are open. */
  #last: { path: string; folder: OpenFolder } | undefined;
  readonly #open: { name: string; folder: OpenFolder }[] = [];
  readonly #root: OpenFolder;
  readonly #path: string;
  readonly #mostBytes: number;

  /**
   * @param root Absolute, links followed.
   * @param mostBytes A larger file is huge, and not read.
   * @throws the system's error if there is no such folder.
   */
  constructor(root: string, mostBytes: number) {
    const folder = OpenFolder.open(root);
    if (folder === undefined) throw Object.assign(new Error(`${root} is not a folder`), { code: 'ENOTDIR' });
    this.#root = folder;
    this.#path = root;
    this.#mostBytes = mostBytes;
  }

  /** The content of a file. @param path Relative to the root, with `/`, without `..`. */
  read(path: string): ReadBytes | NothingToRead {
    try {
      const parent = this.#above(path);
      return parent === undefined ? { kind: 'behind_link' } : this.#read(parent.entry(nameOf(path)));
    } catch (error) {
      return whyFailed(error);
    }
  }

  /**
   * The stamp of a file, quickly: by its name, so that it may be that of a file elsewhere if somebody puts a link in the place of a folder right now.
   * @returns undefined if there is no file, or it is behind a link.
   */
  glance(path: string): FileStamp | undefined {
    try {
      if (this.#above(path) === undefined) return undefined;
      const stats = lstatSync(`${this.#path}/${path}`);
      return stats.isFile() ? stats : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * A folder, which stays this reader's.
   * @param path Relative to the root, with `/`; empty for the root itself.
   * @returns undefined if it is a link or a file, or behind one. @throws the system's error, such as ENOENT.
   */
  folder(path: string): OpenFolder | undefined {
    if (this.#last?.path === path) return this.#last.folder;
    this.#last = undefined;
    const folder = this.#enter(path.split('/').filter((name) => name !== ''));
    if (folder !== undefined) this.#last = { path, folder };
    return folder;
  }

  [Symbol.dispose](): void {
    this.#leave(0);
    this.#root[Symbol.dispose]();
  }

  /** @returns undefined if a link or a file is on the way. */
  #enter(names: readonly string[]): OpenFolder | undefined {
    const differs = names.findIndex((name, index) => this.#open[index]?.name !== name);
    const shared = differs === -1 ? names.length : differs;
    this.#leave(shared);
    for (const name of names.slice(shared)) {
      const folder = OpenFolder.open((this.#open.at(-1)?.folder ?? this.#root).entry(name));
      if (folder === undefined) return undefined;
      this.#open.push({ name, folder });
    }
    return this.#open.at(-1)?.folder ?? this.#root;
  }

  #leave(kept: number): void {
    for (const { folder } of this.#open.splice(kept)) folder[Symbol.dispose]();
  }

  #above(path: string): OpenFolder | undefined {
    return this.folder(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  }

  #read(path: string): ReadBytes | NothingToRead {
    // Looked at before it is opened: to open a device can already have an effect.
    const why = this.#whyNot(lstatSync(path));
    if (why !== undefined) return why;
    const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stamp = fstatSync(file);
      return this.#whyNot(stamp) ?? this.#readOpen(file, stamp);
    } finally {
      closeSync(file);
    }
  }

  /** It does not trust the size that the system reports, since virtual files report none. */
  #readOpen(file: number, stamp: FileStamp): ReadBytes | NothingToRead {
    if (buffer.length <= this.#mostBytes) buffer = Buffer.allocUnsafeSlow(this.#mostBytes + 1);
    for (let length = 0; ;) {
      const read = readSync(file, buffer, length, this.#mostBytes + 1 - length, null);
      length += read;
      if (length > this.#mostBytes) return { kind: 'huge' };
      if (read > 0) continue;
      return isSameStamp(stamp, fstatSync(file))
        ? { kind: 'read', bytes: buffer.subarray(0, length), stamp }
        : { kind: 'unreadable', reason: 'it changed while it was read' };
    }
  }

  #whyNot(stats: Stats): NothingToRead | undefined {
    if (stats.isSymbolicLink()) return { kind: 'link' };
    if (stats.isDirectory()) return { kind: 'folder' };
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'it is not a regular file' };
    return stats.size > this.#mostBytes ? { kind: 'huge' } : undefined;
  }
}

/** Whether a file has not been written between two stamps, as far as the system's clock can tell. */
export function isSameStamp(one: FileStamp, other: FileStamp): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.ino === other.ino;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function whyFailed(error: unknown): NothingToRead {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  return code === 'ELOOP' ? { kind: 'link' } : { kind: 'unreadable', reason: unreadableReason(error) };
}
