/** What stands at the two ends of a stream, without reading what is between. */
export interface StreamEnds {
  stream: string;
  /** Of the very last event. */
  sequence: number;
  /** Of the very last event. */
  lastTime: number;
  first: StreamEnd;
  last: StreamEnd;
}

/** The first or the last event of a stream, as far as it was asked for. */
export interface StreamEnd {
  /** As it was written; also one that this program does not know. */
  type: string;
  time: number;
  /** The texts and numbers of the fields that were asked for, as far as they are there, by the name they were asked for; of a long one the beginning. */
  texts: Record<string, string>;
}

/** Which streams, and what of their ends. */
export interface ListEndsOptions {
  prefix?: string | undefined;
  limit?: number | undefined;
  /** Fields of the first event's data that hold texts or numbers, with dots between the levels: `input.requirement`. */
  first?: readonly string[] | undefined;
  /** The same of the last event. */
  last?: readonly string[] | undefined;
  /** Only an event of these types counts as the last one, in a stream that has any. Default: all. */
  lastOf?: readonly string[] | undefined;
}

/** Characters of a text that are given: what is listed is one line. */
export const listedCharacters = 200;
