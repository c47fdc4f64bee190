import type { z } from 'zod';
import type { ContentPart } from '../content-part.ts';

/**
 * One kind of thing that a task does and that is recorded as started and ended. A kind is one file like this and a line in `activityKinds`. Its progress, if
 * recorded, consists of separate events.
 */
export interface ActivityKind<
  Name extends string = string,
  Started extends z.ZodObject = z.ZodObject,
  Completed extends z.ZodObject = z.ZodObject,
> {
  name: Name;
  /** What it is to do, besides its id and its task. */
  started: Started;
  /** Its result. */
  completed: Completed;
  /** What it contributes to a turn, as a message of the user or the assistant. Absent: nothing. */
  content?: ((activity: z.infer<Started> & z.infer<Completed>, role: 'user' | 'assistant') => ContentPart[]) | undefined;
}

/** Infers the types of a kind from its schemas. */
export function activityKind<Name extends string, Started extends z.ZodObject, Completed extends z.ZodObject>(
  kind: ActivityKind<Name, Started, Completed>,
): ActivityKind<Name, Started, Completed> {
  return kind;
}
