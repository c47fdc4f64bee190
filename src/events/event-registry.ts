import type { z } from 'zod';
import { activityEvents } from './activity-events.ts';
import { artifactEvents } from './artifact-events.ts';
import type { Event } from './event.ts';
import { messageEvents } from './message-events.ts';
import { runEvents } from './run-events.ts';
import { taskEvents } from './task-events.ts';

/** Every type of event, with the version and the schema of its data. A type's meaning never changes; a changed shape raises the version. */
export const eventRegistry = { ...runEvents, ...taskEvents, ...activityEvents, ...artifactEvents, ...messageEvents } as const;

export type EventType = keyof typeof eventRegistry;
export type EventData<Type extends EventType> = z.infer<(typeof eventRegistry)[Type]['data']>;
export type EventOf<Type extends EventType> = Event<Type, EventData<Type>>;

/** Any event of the registry, told apart by `type`. */
export type KnownEvent = { [Type in EventType]: EventOf<Type> }[EventType];

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventRegistry, type);
}
