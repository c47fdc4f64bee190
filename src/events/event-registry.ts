import type { z } from 'zod';
import { activityEvents } from './activity-events.ts';
import { artifactEvents } from './artifact-events.ts';
import type { Event } from './event.ts';
import { messageEvents } from './message-events.ts';
import { runEvents } from './run-events.ts';
import { taskEvents } from './task-events.ts';

/** Every type of event, with the version and the schema of its data. A type's meaning never changes; a changed shape raises the version. */
export const eventRegistry = { ...runEvents, ...taskEvents, ...activityEvents, ...artifactEvents, ...messageEvents } as const;

/** The names of all types of events. */
export type EventType = keyof typeof eventRegistry;
/** What an event of a type holds. */
export type EventData<Type extends EventType> = z.infer<(typeof eventRegistry)[Type]['data']>;
/** An event of one type. */
export type EventOf<Type extends EventType> = Event<Type, EventData<Type>>;

/** Any event of the registry, told apart by `type`. */
export type KnownEvent = { [Type in EventType]: EventOf<Type> }[EventType];

/**
 * The version that an event of an earlier one has once its data went through the schema, which takes every version up to its own and brings it into the
 * newest shape. A later version stays what it is.
 */
export function upcastVersion(type: string, version: number): number {
  return isEventType(type) ? Math.max(version, eventRegistry[type].version) : version;
}

/** Whether this program knows events of this name. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventRegistry, type);
}
