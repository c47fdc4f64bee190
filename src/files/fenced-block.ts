/**
 * What separates a block from the text around it: a Markdown fence, a pair of tags such as `<file path="…">`, the markers of an edit, or the lines of a patch.
 */
export type Delimiter = 'fence' | 'tag' | 'markers' | 'patch';

/** What is known of a block when it opens. */
export interface FenceOpening {
  delimiter: Delimiter;
  /** A fence's info string, trimmed; empty for a bare fence; nothing in it is unescaped. For a tag the whole opening tag. Empty for markers. */
  info: string;
  /** The last few non-blank lines of text between the previous block and this one, nearest last, trimmed, without quotation marks of Markdown. */
  leading: readonly string[];
}

/** A block of a reply: most often fenced code. */
export interface FencedBlock extends FenceOpening {
  /**
   * What is between the delimiters, byte for byte, including all line endings. As CommonMark says, a fence that is indented by one to three spaces removes as
   * many from the start of each line, and so do the list items and quotes around it. Markers belong to the content.
   */
  content: string;
  /** The position of the content in the reply, in UTF-16 units: start and end, end excluded. */
  range: [number, number];
  /** Whether the block was closed by an end of its own. */
  closed: boolean;
}

/**
 * The position in the reply of a part of a block's content. If indentation was removed from the content, the position of the whole block is the closest answer.
 */
export function rangeWithin({ range, content }: FencedBlock, from: number, to: number): [number, number] {
  return range[1] - range[0] === content.length ? [range[0] + from, range[0] + to] : range;
}
