import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { OpenFolder } from '../../files/disk/open-folder.ts';
import { mostBytes } from './judge-content.ts';

/** Every file is read into this one before the next is read. */
const buffer = Buffer.allocUnsafeSlow(mostBytes + 1);

/** What is at a path. `gone`: nothing. The bytes are valid until anything else is read. */
export type FoundEntry =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'huge' | 'link' | 'folder' | 'gone' | 'unreadable' };

/**
 * Reads files below a folder without following any link on the way, also if somebody replaces a folder by a link meanwhile. It keeps the folders above the
 * last file open, so that sorted paths are read quickly.
 */
export class FolderReader implements Disposable {
  readonly #open: { name: string; folder: OpenFolder }[] = [];
  readonly #root: OpenFolder;

  /** @param root Absolute, links followed. @throws the system's error if there is no such folder. */
  constructor(root: string) {
    const folder = OpenFolder.open(root);
    if (folder === undefined) throw Object.assign(new Error(`${root} is not a folder`), { code: 'ENOTDIR' });
    this.#root = folder;
  }

  /** @param path Relative to the root, with `/`, without `..`. */
  read(path: string): FoundEntry {
    try {
      const parts = path.split('/');
      const name = parts.pop() ?? '';
      const parent = this.#enter(parts);
      return parent === undefined ? { kind: 'link' } : this.#readIn(parent.entry(name));
    } catch (error) {
      return { kind: kindOf(error) };
    }
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

  #readIn(path: string): FoundEntry {
    // Checked before opening: to open a device can already have an effect.
    const before = kindOfStats(lstatSync(path));
    if (before !== undefined) return { kind: before };
    const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const opened = kindOfStats(fstatSync(file));
      if (opened !== undefined) return { kind: opened };
      let length = 0;
      for (;;) {
        const read = readSync(file, buffer, length, buffer.length - length, null);
        length += read;
        if (read === 0) return { kind: 'file', bytes: buffer.subarray(0, length) };
        if (length > mostBytes) return { kind: 'huge' };
      }
    } finally {
      closeSync(file);
    }
  }
}

function kindOfStats(stats: Stats): 'link' | 'folder' | 'unreadable' | 'huge' | undefined {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isDirectory()) return 'folder';
  if (!stats.isFile()) return 'unreadable';
  return stats.size > mostBytes ? 'huge' : undefined;
}

function kindOf(error: unknown): 'gone' | 'link' | 'unreadable' {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone';
  return code === 'ELOOP' ? 'link' : 'unreadable';
}
