import type { Event } from './event.ts';
import { isProgramEventType } from './program-event.ts';

/**
 * An event of a type, or of a later version of a type, that this program does not know: a newer one has written it, or a program with types of its own. It is
 * kept as it is. `version` is the one that it was written with.
 */
export type UnknownEvent = Event<'event.unknown', { type: string; data: unknown }>;

/** No event is ever stored under this name. */
export const unknownEventType = 'event.unknown';

/** Whether a type that is not known is one of this program's own kind, so that what comes after may rest on it. */
export function isOfNewerProgram(type: string): boolean {
  return !isProgramEventType(type);
}
