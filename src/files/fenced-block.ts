/** What is known of a fenced block when its fence opens. */
export interface FenceOpening {
  /** The info string, trimmed; empty for a bare fence. Nothing in it is unescaped. */
  info: string;
  /** The last few lines of text between the previous block and the fence that are not blank, nearest last, trimmed. */
  leading: readonly string[];
}

/** A fenced code block of a reply. */
export interface FencedBlock extends FenceOpening {
  /**
   * What stands between the fences, byte for byte: line endings are kept, also the last one. As CommonMark says, a fence that is indented by one to
   * three spaces takes as many from the start of each line.
   */
  content: string;
  /** Where the content stands in the reply, in UTF-16 units: start and end, end excluded. */
  range: [number, number];
  /** Whether a fence of its own closed the block. */
  closed: boolean;
}
