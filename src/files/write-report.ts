import { MultiagentError, type MultiagentErrorOptions } from '../utils/multiagent-error.ts';
import type { EditRefusalReason } from './edits/apply-edit.ts';
import type { ContentRefusalReason } from './content-check.ts';
import type { RenamedFile } from './names/moved-files.ts';
import type { RefusalReason } from './disk/path-policy.ts';
import type { WriteOutcome } from './disk/run-folder.ts';

/** A file that stands on the disk with this content. */
export interface WrittenFile {
  /** Relative to the run's folder, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
  /**
   * What became of the file, compared with what the run knew of it: a file that a killed process had written without saying so is `created`, or
   * `updated`, all the same.
   */
  outcome: WriteOutcome;
  /** The hash of what stood there before, where it was something else, such as a person's edit; it was given to `keepContent`. */
  replaced?: string | undefined;
  /** The name of the format that named it, `inferred`, or what the caller of `writeFile` said. */
  format: string;
  language?: string | undefined;
  /** Where its content stands in the reply, in UTF-16 units. */
  range: [number, number];
}

/**
 * Why a block is no file: its path, its content, or its change. `empty_content`: an empty block for a file that has content. `edit_unreadable`: a change
 * that is cut off or asks for more than writing. `edit_abandoned`: another change to the same file in the same reply failed. `unnamed`: the step is to
 * deliver certain files, and it is not clear which of them the block is. `unplaced`: only a piece of a file, whose place is not clear. `not_there`: a file that is to
 * go, or to be moved, is not there. `later_version`: what a later step has made of the file counts.
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
  | 'later_version';

export interface BlockRefusal {
  reason: BlockRefusalReason;
  /** A sentence for people. Safe to show. */
  message: string;
}

/** A block that was to be a file and is none. */
export interface RefusedBlock {
  /** As the model wrote it, made safe to show. */
  name: string;
  code: BlockRefusalReason;
  /** A sentence for people. */
  reason: string;
  content: string;
  /** Of the content, which is kept like that of a file. */
  sha256: string;
  range: [number, number];
  /** The name of the file that keeps the content, where a folder for such files was given. */
  keptAs?: string | undefined;
}

/** Two different contents for one path. Both are kept by their hash; one of them stands on the disk. */
export interface Collision {
  path: string;
  /** The task and the hash of the content that counts now. */
  task: string;
  sha256: string;
  /** The content that does not count, and the task it came from. */
  earlier: { task: string; sha256: string };
  /** `this`: what was just written counts. `other`: a step further on had written the file before, and its content stays. */
  stands: 'this' | 'other';
}

/** A block that holds only a piece of a file, such as one method, and cannot be placed without doubt. */
export interface UnplacedPiece {
  /** The file that it belongs to, where that is clear. */
  path?: string | undefined;
  /** What it defines; empty where it defines nothing. */
  name: string;
  /** A part of a sentence. */
  reason: string;
  range: [number, number];
}

/** A file that is gone. Its content was given to `keepContent`. */
export interface RemovedFile {
  path: string;
  /** Of what it held. */
  sha256: string;
  /** Where it stands now. */
  movedTo?: string | undefined;
  format: string;
  range: [number, number];
}

/** What became of every file that a task gave. */
export interface WriteReport {
  task: string;
  agentRole?: string | undefined;
  written: WrittenFile[];
  /** In order, after what was written. */
  removed: RemovedFile[];
  refused: RefusedBlock[];
  collisions: Collision[];
  /** The files that the reply repeats as they stand, in the run's folder or as the user gave them: nothing was done to them, so they are not `written`. */
  unchanged: string[];
  /** Written files of code that hold nothing but comments: prose that passes for code. */
  prose: string[];
  /** Files that were to be delivered and were given under another folder. They stand where they were to be. */
  renamed: RenamedFile[];
  /** Pieces of files whose place is not clear. They are `refused`, too, which keeps their text. */
  unplaced: UnplacedPiece[];
}

/** The system would not write a file. What had been written before stays, and stands in the report. */
export class FileWriteError extends MultiagentError {
  readonly report: WriteReport;

  constructor(options: MultiagentErrorOptions, report: WriteReport) {
    super(options);
    this.report = report;
  }
}

/** @param held How many of what, and how many may be: `4001 blocks for files, more than 4000`. */
export function tooManyFiles(held: string): MultiagentError {
  return new MultiagentError({
    code: 'files.too_many',
    message: `The reply holds ${held}: the model most likely repeats itself.`,
    hint: 'Retry the task, or ask for fewer files in one step.',
  });
}
