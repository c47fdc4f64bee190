import type { Event } from './event.ts';
import { isProgramEventType } from './program-event.ts';

/**
 * An event of an unknown type, or of a later version of a type: a newer program wrote it, or one with types of its own. It is kept as it is. `version` is the
 * one that it was written with.
 */
export type UnknownEvent = Event<'event.unknown', { type: string; data: unknown }>;

/** No event is ever stored under this name. */
export const unknownEventType = 'event.unknown';

/** Whether an unknown type is one of a newer version of this program, so that later events may depend on it. */
export function isOfNewerProgram(type: string): boolean {
  return !isProgramEventType(type);
}
