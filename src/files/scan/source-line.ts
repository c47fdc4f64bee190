/** A line of a reply with everything that readings judge by. */
export interface SourceLine {
  /** Without its ending. */
  text: string;
  /** Where it begins and where the next one does, in UTF-16 units of the whole reply. */
  start: number;
  end: number;
  blank: boolean;
  /** The line before: a fence that follows a blank line or a colon more likely opens than closes. */
  before: 'blank' | 'colon' | 'other';
  /** The text of the line before where it is not blank. */
  previous: string | undefined;
}

/** A line of text that may name the block after it. */
export interface LeadingLine {
  /** Trimmed, without marks of quotation. */
  text: string;
  start: number;
  end: number;
}
