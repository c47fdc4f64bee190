import type { z } from 'zod';
import { activityEvents } from './activities/activity-events.ts';
import { artifactEvents } from './artifact-events.ts';
import { decisionEvents } from './decision-events.ts';
import type { Event } from './event.ts';
import { exampleEvents } from './example-events.ts';
import { messageEvents } from './message-events.ts';
import { modelEvents } from './model-events.ts';
import type { ProgramEvent } from './program-event.ts';
import { runEvents } from './run-events.ts';
import { steeringEvents } from './steering-events.ts';
import { taskEvents } from './task-events.ts';
import type { UnknownEvent } from './unknown-event.ts';

/** Every type of event in the stream of a run, `run:<run id>`. */
export const runStreamEvents = {
  ...runEvents,
  ...taskEvents,
  ...decisionEvents,
  ...steeringEvents,
  ...activityEvents,
  ...artifactEvents,
  ...exampleEvents,
  ...messageEvents,
  ...modelEvents,
} as const;

/** The names of all types of events. */
export type EventType = keyof typeof runStreamEvents;
/** The data of an event of a type. */
export type EventData<Type extends EventType> = z.infer<(typeof runStreamEvents)[Type]['data']>;
/** An event of one type. */
export type EventOf<Type extends EventType> = Event<Type, EventData<Type>>;

/** Any event of this program. */
export type KnownEvent = { [Type in EventType]: EventOf<Type> }[EventType];
/** Any event that a journal may contain, by `type`. */
export type JournalEvent = KnownEvent | ProgramEvent | UnknownEvent;
