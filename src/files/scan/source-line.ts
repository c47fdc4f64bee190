/** A line of a reply with everything that readings need to judge it. */
export interface SourceLine {
  /** Without its ending. */
  text: string;
  /** Where it begins and where the next one begins, in UTF-16 units of the whole reply. */
  start: number;
  end: number;
  blank: boolean;
  /** The previous line: a fence after a blank line or a colon more likely opens than closes. */
  before: 'blank' | 'colon' | 'other';
  /** The text of the previous line, if it is not blank. */
  previous: string | undefined;
}

/** A line of text that may name the block after it. */
export interface LeadingLine {
  /** Trimmed, without quotation marks of Markdown. */
  text: string;
  start: number;
  end: number;
}
