/** A message to a stream from someone who does not own it. */
export interface Signal {
  stream: string;
  /** Grows within the store; may have gaps. */
  number: number;
  /** Milliseconds since 1970. */
  time: number;
  type: string;
  from: string;
  data: Record<string, unknown>;
}
