/** Who caused an event: a part of the program (`scheduler`, `run`), an agent (`agent:dev_001`) or a person (`person`). */
export type Actor = string;

/** An immutable record of something that happened. The journal is a sequence of these; everything shown or written later is derived from them. */
export interface Event<Type extends string = string, Data = unknown> {
  /** What the event belongs to: `run:<run id>` today. */
  stream: string;
  /** 1, 2, 3 … within the stream, without gaps. */
  sequence: number;
  /** Grows over all streams of one journal; may have gaps. */
  position: number;
  /** Milliseconds since 1970. */
  time: number;
  type: Type;
  /** The version of the data's shape, per type. */
  version: number;
  actor: Actor;
  /** Groups everything that belongs to one piece of work: the run's id. */
  correlation: string;
  /** The sequence, in the same stream, of the event that led to this one. */
  causation?: number | undefined;
  data: Data;
}
