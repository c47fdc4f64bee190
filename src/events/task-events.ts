import { z } from 'zod';
import { errorSchema } from './error-schema.ts';

/** The life of each task. `task` is its id: a step's id, or a path with iterations (`review/2/implementation`). */
export const taskEvents = {
  'task.added': {
    version: 1,
    data: z.object({
      task: z.string(),
      kind: z.string(),
      role: z.string(),
      taskType: z.string(),
      description: z.string(),
      expects: z.enum(['text', 'files']),
      dependencies: z.array(z.string()),
      /** Larger runs first. */
      priority: z.number(),
      /** 1, 2, 3 …: the step's place in the workflow; decides between turns and between files. */
      number: z.number().int(),
    }),
  },
  'task.started': { version: 1, data: z.object({ task: z.string(), attempt: z.number().int(), agent: z.string() }) },
  /** It holds no slot until `until` (milliseconds since 1970; absent: until something wakes it). */
  'task.waiting': {
    version: 1,
    data: z.object({ task: z.string(), reason: z.string(), until: z.number().optional(), error: errorSchema.optional() }),
  },
  'task.completed': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** The exchange that enters the transcripts of those after it: the activity that asked first and the one that replied last. Absent: none. */
      turn: z.object({ asked: z.string(), replied: z.string() }).optional(),
      /** Why there was nothing to do, where the task was done without asking a model; a sentence. */
      because: z.string().optional(),
    }),
  },
  'task.failed': { version: 1, data: z.object({ task: z.string(), error: errorSchema }) },
  /** `condition` counts as done for those who depend on it; `dependency_failed` skips them too. */
  'task.skipped': {
    version: 1,
    data: z.object({ task: z.string(), reason: z.enum(['dependency_failed', 'condition']), because: z.string() }),
  },
  /** It had begun or ended and is to be done after all; what its activities had is kept. */
  'task.reopened': { version: 1, data: z.object({ task: z.string(), reason: z.enum(['interrupted', 'retry']) }) },
  'task.cancelled': { version: 1, data: z.object({ task: z.string() }) },
} as const;
