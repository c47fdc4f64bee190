import { MultiagentError, type MultiagentErrorOptions } from '../utils/multiagent-error.ts';
import type { EditRefusalReason } from './edits/apply-edit.ts';
import type { ContentRefusalReason } from './content-check.ts';
import type { RenamedFile } from './names/moved-files.ts';
import type { RefusalReason } from './disk/path-policy.ts';
import type { WriteOutcome } from './disk/run-folder.ts';

/** A file that is on the disk with this content. */
export interface WrittenFile {
  /** Relative to the run's folder, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
  /**
   * What became of the file, compared with what the run knew about it: a file that a killed process wrote without recording it is still `created` or `updated`.
   */
  outcome: WriteOutcome;
  /** The hash of the previous content if it was something else, such as a person's edit; it was given to `keepContent`. */
  replaced?: string | undefined;
  /** The name of the format that named it, `inferred`, or what the caller of `writeFile` gave. */
  format: string;
  language?: string | undefined;
  /** The position of its content in the reply, in UTF-16 units. */
  range: [number, number];
}

/**
 * Why a block is not a file: its path, its content, or its change. `empty_content`: an empty block for a file that has content. `edit_unreadable`: a change
 * that is cut off or asks for more than writing. `edit_abandoned`: another change to the same file in the same reply failed. `unnamed`: the step is to deliver
 * certain files, and it is unclear which of them the block is. `unplaced`: only a piece of a file, whose place is unclear. `not_there`: the file to delete or
 * move does not exist. `later_version`: a later step's version of the file counts. `protected`: the step must not change this file. `unseen`: it would replace a
 * file of the project that the model was not shown.
 */
export type BlockRefusalReason =
  | RefusalReason
  | ContentRefusalReason
  | EditRefusalReason
  | 'empty_content'
  | 'edit_unreadable'
  | 'edit_abandoned'
  | 'unnamed'
  | 'unplaced'
  | 'not_there'
  | 'later_version'
  | 'protected'
  | 'unseen';

export interface BlockRefusal {
  reason: BlockRefusalReason;
  /** A sentence for people. Safe to show. */
  message: string;
}

/** A block that was to become a file but did not. */
export interface RefusedBlock {
  /** As the model wrote it, made safe to show. */
  name: string;
  code: BlockRefusalReason;
  /** A sentence for people. */
  reason: string;
  content: string;
  /** The hash of the content, which is kept like that of a file. */
  sha256: string;
  range: [number, number];
  /** The name of the file that keeps the content, if there is a folder for such files. */
  keptAs?: string | undefined;
}

/** Two different contents for one path. Both are kept by their hash; one of them is on the disk. */
export interface Collision {
  path: string;
  /** The task and the hash of the content that counts now. */
  task: string;
  sha256: string;
  /** The content that does not count, and the task that it came from. */
  earlier: { task: string; sha256: string };
  /** `this`: what was just written counts. `other`: a later step had written the file already, and its content stays. */
  stands: 'this' | 'other';
}

/** A block that contains only a piece of a file, such as one method, and cannot be placed with certainty. */
export interface UnplacedPiece {
  /** The file that it belongs to, if that is clear. */
  path?: string | undefined;
  /** What it defines; empty if it defines nothing. */
  name: string;
  /** A part of a sentence. */
  reason: string;
  range: [number, number];
}

/** A file that was removed. Its content was given to `keepContent`. */
export interface RemovedFile {
  path: string;
  /** The hash of its content. */
  sha256: string;
  /** Its new path. */
  movedTo?: string | undefined;
  format: string;
  range: [number, number];
}

/** What became of every file from a task. */
export interface WriteReport {
  task: string;
  agentRole?: string | undefined;
  written: WrittenFile[];
  /** In order, after the written files. */
  removed: RemovedFile[];
  refused: RefusedBlock[];
  collisions: Collision[];
  /** Files that the reply repeats unchanged, from the run's folder or from the user. Nothing was done to them, so they are not `written`. */
  unchanged: string[];
  /** Written code files that contain only comments: prose disguised as code. */
  prose: string[];
  /** Demanded files that were given under another folder. They were written to their demanded path. */
  renamed: RenamedFile[];
  /** Pieces of files whose place is unclear. They are also `refused`, so their text is kept. */
  unplaced: UnplacedPiece[];
}

/**
 * The system refused to write a file, for instance because the disk is full. What was written before stays, and is in the `report`.
 * @example
 * try {
 *   await new FileWriter({ folder }).writeFile({ path: 'notes.md', content: '# Notes\n', taskId: 'notes', order: 1, format: 'own' });
 * } catch (error) {
 *   if (!(error instanceof FileWriteError)) throw error;
 *   console.log(error.message, error.report.written.length);
 * }
 */
export class FileWriteError extends MultiagentError {
  /** What was written by then. */
  readonly report: WriteReport;

  constructor(options: MultiagentErrorOptions, report: WriteReport) {
    super(options);
    this.report = report;
  }
}

/** @param held How many of what, and the limit: `4001 blocks for files, more than 4000`. */
export function tooManyFiles(held: string): MultiagentError {
  return new MultiagentError({
    code: 'files.too_many',
    message: `The reply holds ${held}: the model most likely repeats itself.`,
    hint: 'Retry the task, or ask for fewer files in one step.',
  });
}
