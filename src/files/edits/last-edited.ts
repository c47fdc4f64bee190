import type { FileBlock } from '../file-blocks.ts';
import { unifiedDiff } from '../formats/unified-diff.ts';

/** Gives changes that name no file to the file that was changed before them: its name is often given once for several fences. */
export class LastEdited {
  #path = '';
  #inDiffs = false;

  /** @returns the files of a block; a diff that nobody named only shows something, and is left out. */
  name(files: FileBlock[] | undefined): FileBlock[] | undefined {
    const named = files?.filter((file) => this.#name(file));
    this.#inDiffs = files?.some(({ format }) => format === unifiedDiff.name) ?? false;
    return named;
  }

  #name(file: FileBlock): boolean {
    const { change, path, format } = file;
    if (change.kind === 'whole') return true;
    if (path !== '') {
      this.#path = path;
      return true;
    }
    if (format === unifiedDiff.name && !this.#inDiffs) return false;
    if (change.kind !== 'unreadable') file.path = this.#path;
    return true;
  }
}
