import type { FenceScanner } from './scan/fence-scanner.ts';
import { type FileBlock, readBlock } from './file-blocks.ts';
import type { FileFormat } from './file-format.ts';
import { scannerOf } from './file-formats.ts';

/**
 * The files of a reply while it arrives: each comes out with the chunk that settles it. They are a forecast. Only the whole reply shows which files there are:
 * a later block may be for the same path, one block may turn out to wrap all others, and blocks without a name get theirs at the end.
 */
export class ArrivingFiles {
  readonly #formats: readonly FileFormat[];
  readonly #scanner: FenceScanner;

  constructor(formats: readonly FileFormat[]) {
    this.#formats = formats;
    this.#scanner = scannerOf(formats);
  }

  /** @returns for each block that this chunk settled, the files and changes in it; none for a block that names no file. */
  feed(chunk: string): FileBlock[][] {
    return this.#scanner.feed(chunk).map((block) => readBlock(block, this.#formats).files ?? []);
  }
}
