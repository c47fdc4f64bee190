import type { FencedBlock } from './fenced-block.ts';

/** The file that a block names. */
export interface FileName {
  /** As the model wrote it. Only its shape has been checked. */
  path: string;
  /** In lower case, if the fence tells it. */
  language?: string | undefined;
}

/** One way in which replies name the file in a block. */
export interface NamingFormat {
  /** Recorded in the journal with each file found by it. */
  name: string;
  /**
   * The file that this block names in this way. Must be quick and must not throw. It is also called as soon as the block opens, with empty content, to find out
   * whether a Markdown file begins.
   */
  nameOf(block: FencedBlock): FileName | undefined;
}

/** What a part of a reply wants of a file. */
export type FileChange =
  /** The file is to hold exactly this. */
  | { kind: 'whole' }
  /**
   * These lines take the place of those. Nothing before: the whole file is replaced or created. `line`: where about they stand, from 1; it decides
   * between several places. `anchor`: a line that stands above them; of several places the first one below it is meant.
   */
  | { kind: 'edit'; before: string; after: string; line?: number | undefined; anchor?: string | undefined }
  /** This text is added: below the line `anchor`, before the line of this number from 1, or at the end where neither is said. */
  | { kind: 'insert'; after: string; line?: number | undefined; anchor?: string | undefined }
  /** The file is to go. `shows`: what it holds, as the reply says. */
  | { kind: 'delete'; shows?: string | undefined }
  /** The file `from` is to stand here, with the changes that follow in the reply. */
  | { kind: 'move'; from: string }
  /** It cannot be carried out; the reason is a whole sentence. */
  | { kind: 'unreadable'; reason: string };

/** A file, or a change to one, that stands in a block. */
export interface PackedFile extends FileName {
  change: FileChange;
  /** The whole file, or the text of the change as the model wrote it. */
  content: string;
  /** Where the content stands in the reply, in UTF-16 units. */
  range: [number, number];
}

/** One way in which replies pack files, or changes to them, into a block. */
export interface PackingFormat {
  /** Recorded in the journal with each file found by it. */
  name: string;
  /**
   * The files in this block, which has ended; undefined where it is no block of this format. `name` is what the naming formats say of it. Must take time
   * linear in the block, and must not throw.
   */
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined;
}

/** Either kind of format. */
export type FileFormat = NamingFormat | PackingFormat;
