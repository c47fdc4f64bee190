/** What stands at the two ends of a stream, without reading what is between. */
export interface StreamEnds {
  stream: string;
  /** Of the last event. */
  sequence: number;
  first: StreamEnd;
  last: StreamEnd;
}

export interface StreamEnd {
  /** As it was written; also one that this program does not know. */
  type: string;
  time: number;
  /** Of the fields that were asked for, those that are texts, by the name they were asked for. */
  texts: Record<string, string>;
}

export interface ListEndsOptions {
  prefix?: string | undefined;
  limit?: number | undefined;
  /** Fields of the events' data whose texts are wanted, with dots between the levels: `input.requirement`. */
  fields?: readonly string[] | undefined;
}

/** Of a longer text only so many characters are given: what is listed is one line. */
export const longestText = 1000;
