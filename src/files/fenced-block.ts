/** What sets a block apart from the text around it: a Markdown fence, a pair of tags such as `<file path="…">`, the markers of an edit, or the lines of a patch. */
export type Delimiter = 'fence' | 'tag' | 'markers' | 'patch';

/** What is known of a block when it opens. */
export interface FenceOpening {
  delimiter: Delimiter;
  /** A fence's info string, trimmed; empty for a bare fence; nothing in it is unescaped. For a tag the whole opening tag. Empty for markers. */
  info: string;
  /** The last few lines of text between the previous block and this one that are not blank, nearest last, trimmed, without marks of quotation. */
  leading: readonly string[];
}

/** A block of a reply: most often fenced code. */
export interface FencedBlock extends FenceOpening {
  /**
   * What stands between the delimiters, byte for byte: line endings are kept, also the last one. As CommonMark says, a fence that is indented by one to
   * three spaces takes as many from the start of each line, and so do the list items and quotes that it stands in. Markers belong to the content.
   */
  content: string;
  /** Where the content stands in the reply, in UTF-16 units: start and end, end excluded. */
  range: [number, number];
  /** Whether an end of its own closed the block. */
  closed: boolean;
}

/** Where a part of a block's content stands in the reply. Where indentation was taken off the content, the whole block is the nearest that can be said. */
export function rangeWithin({ range, content }: FencedBlock, from: number, to: number): [number, number] {
  return range[1] - range[0] === content.length ? [range[0] + from, range[0] + to] : range;
}
