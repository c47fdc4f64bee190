import type { LeftOut } from './left-out.ts';

/** A file of the project that the team may read: UTF-8 text of a reasonable size, and nothing secret. */
export interface ProjectFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Of its content when it was chosen, in hexadecimal. */
  readonly sha256: string;
}

/** The files of a project that were chosen, sorted by path, and what was left out. */
export interface ChosenFiles {
  /** Absolute, links followed. */
  readonly root: string;
  readonly files: readonly ProjectFile[];
  /** Grows where `read` finds that a file is not what was chosen any more. */
  readonly leftOut: readonly LeftOut[];
  /** Whether Git listed the files. Otherwise the folders were walked. */
  readonly inGit: boolean;
  /**
   * The content of a chosen file, byte for byte what was chosen. No link is followed on the way.
   * @returns undefined if it was not chosen, or has changed, vanished or become something else since; then it counts as left out.
   */
  readonly read: (path: string) => Promise<string | undefined>;
}
