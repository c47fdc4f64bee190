import type { FencedBlock } from './fenced-block.ts';

/** The file that a block names. */
export interface FileName {
  /** As the model wrote it. Only its shape has been checked. */
  path: string;
  /** In lower case, if the fence tells it. */
  language?: string | undefined;
}

/**
 * One way in which replies name the file in a block.
 * @example
 * const saveTo: NamingFormat = {
 *   name: 'save-to',
 *   nameOf({ leading }) {
 *     const path = /^Save to: (.+)$/.exec(leading.at(-1) ?? '')?.[1];
 *     return path === undefined ? undefined : { path };
 *   },
 * };
 * const writer = new FileWriter({ folder, formats: [saveTo] });
 * console.log(writer.extractFileStructure('Save to: a.py\n\n~~~\nprint(1)\n~~~\n')); // [ 'a.py' ]
 */
export interface NamingFormat {
  /** Recorded in the journal with each file found by it. */
  name: string;
  /**
   * The file that this block names in this way. Must be quick and must not throw. It is also called as soon as the block opens, with empty content, to find out
   * whether a Markdown file begins.
   */
  nameOf(block: FencedBlock): FileName | undefined;
}

/** What a part of a reply wants to do to a file. */
export type FileChange =
  /** The file is to contain exactly this. */
  | { kind: 'whole' }
  /**
   * The lines `after` replace the lines `before`. An empty `before` replaces or creates the whole file. `line`: roughly where they are, from 1; it decides
   * between several places. `anchor`: a line above them; of several places the first one below it is meant.
   */
  | { kind: 'edit'; before: string; after: string; line?: number | undefined; anchor?: string | undefined }
  /** Adds this text: below the line `anchor`, before the line with this number from 1, or at the end if neither is given. */
  | { kind: 'insert'; after: string; line?: number | undefined; anchor?: string | undefined }
  /** The file is to be deleted. `shows`: its content according to the reply. */
  | { kind: 'delete'; shows?: string | undefined }
  /** The file `from` is to be moved here, with the changes that follow in the reply. */
  | { kind: 'move'; from: string }
  /** The change cannot be made; the reason is a whole sentence. */
  | { kind: 'unreadable'; reason: string };

/** A file in a block, or a change to one. */
export interface PackedFile extends FileName {
  change: FileChange;
  /** The whole file, or the text of the change as the model wrote it. */
  content: string;
  /** The position of the content in the reply, in UTF-16 units. */
  range: [number, number];
}

/**
 * One way in which replies pack files, or changes to them, into a block.
 * @example
 * const lines: PackingFormat = {
 *   name: 'one-line-files',
 *   filesOf({ info, content, range }) {
 *     if (info !== 'one-line-files') return undefined;
 *     const files = content.trim().split('\n').map((line) => line.split(': ', 2));
 *     return files.map(([path = '', text = '']) => ({ path, content: `${text}\n`, change: { kind: 'whole' }, range }));
 *   },
 * };
 * const writer = new FileWriter({ folder, formats: [lines] });
 * console.log(writer.extractFileStructure('```one-line-files\na.txt: A\nb.txt: B\n```\n')); // [ 'a.txt', 'b.txt' ]
 */
export interface PackingFormat {
  /** Recorded in the journal with each file found by it. */
  name: string;
  /**
   * The files in this block, which has ended. Undefined if the block does not have this format. `name` is what the naming formats say about it. Must be linear
   * in the block and must not throw.
   */
  filesOf(block: FencedBlock, name: FileName | undefined): PackedFile[] | undefined;
}

/** Either kind of format. */
export type FileFormat = NamingFormat | PackingFormat;
