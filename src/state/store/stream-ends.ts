/** The two ends of a stream, read without what is between them. */
export interface StreamEnds {
  stream: string;
  /** Of the very last event. */
  sequence: number;
  /** Of the very last event. */
  lastTime: number;
  first: StreamEnd;
  last: StreamEnd;
}

/** The first or the last event of a stream, with the requested fields. */
export interface StreamEnd {
  /** The type as it was written, even if this program does not know it. */
  type: string;
  time: number;
  /** The texts and numbers of the requested fields that exist, by their requested name; of a long text the beginning. */
  texts: Record<string, string>;
}

/** Which streams, and which fields of their ends. */
export interface ListEndsOptions {
  prefix?: string | undefined;
  limit?: number | undefined;
  /** Fields of the first event's data with texts or numbers, with dots between the levels: `input.requirement`. */
  first?: readonly string[] | undefined;
  /** The same for the last event. */
  last?: readonly string[] | undefined;
  /** Only an event of these types counts as the last one, if the stream has any. Default: all types. */
  lastOf?: readonly string[] | undefined;
}

/** How many characters of a text are returned: a list entry is one line. */
export const listedCharacters = 200;
