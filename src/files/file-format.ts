import type { FencedBlock } from './fenced-block.ts';

/** The file that a block names. */
export interface FileName {
  /** As the model wrote it. Nothing about it has been checked but its shape. */
  path: string;
  /** In lower case, where the fence tells it. */
  language?: string | undefined;
}

/** One way in which replies name the files they contain. */
export interface FileFormat {
  /** Stands in the journal with each file found by it. */
  name: string;
  /**
   * The file that this block names in this way. Must be quick, and must not throw. It is also asked as soon as the fence opens, with empty content, to
   * know whether a Markdown file begins.
   */
  nameOf(block: FencedBlock): FileName | undefined;
}
