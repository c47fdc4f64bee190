import { z } from 'zod';
import { turnSchema } from './task-events.ts';

/** What a person tells a run that is under way, and whether it goes on. They come from any process, and need no claim to the run. */
export const steeringEvents = {
  /** The team is told something: every step that begins after it reads it. */
  'person.said': { version: 1, data: z.object({ text: z.string(), by: z.string() }) },
  /** No step begins any more until the run is resumed. Those under way are done to their end. */
  'run.held': { version: 1, data: z.object({ by: z.string() }) },
  /** A person has changed what a step gave: `turn` is what it adds to the conversation from here on. What the model replied is kept with its activities. */
  'task.edited': {
    version: 1,
    data: z.object({
      task: z.string(),
      by: z.string(),
      /** The file that was changed, which has a version of its own; relative to the folder of the run. */
      path: z.string(),
      turn: turnSchema,
      /** The reply as it counts from here on. Absent: it is as it was. */
      text: z.string().optional(),
    }),
  },
} as const;
