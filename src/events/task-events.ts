import { z } from 'zod';
import { contentPart } from './content-part.ts';
import { errorSchema } from './error-schema.ts';

const role = z.enum(['user', 'assistant']);

/** One message of a turn: what an activity asked or answered, or content that stands here. */
const turnEntry = z.union([z.object({ role, activity: z.string() }), z.object({ role, content: z.array(contentPart).min(1) })]);

/** What a task adds to the conversation, as it is recorded. */
export type TurnEntry = z.infer<typeof turnEntry>;

/** A whole turn. */
export const turnSchema = z
  .array(turnEntry)
  .min(2)
  .refine(
    (entries) => entries.length % 2 === 0 && entries.every((entry, index) => entry.role === (index % 2 === 0 ? 'user' : 'assistant')),
    {
      error: 'the messages of a turn go from the user to the assistant, in turn',
    },
  );

/** Version 1 named the activity that asked first and the one that replied last. */
function turnOfMessages(data: unknown): unknown {
  const { turn } = (data ?? {}) as { turn?: { asked?: unknown; replied?: unknown } };
  if (turn === undefined) return data;
  const { asked, replied } = turn;
  return {
    ...(data as object),
    turn: [
      { role: 'user', activity: asked },
      { role: 'assistant', activity: replied },
    ],
  };
}

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
      /** What the step says beside that, for its kind; absent for steps of agents, and in the events of earlier programs. */
      options: z.record(z.string(), z.unknown()).optional(),
      /** The model that its step names, as the settings call it; absent: none. */
      model: z.string().optional(),
      /** The task that it joined the run for. */
      parent: z.string().optional(),
      /** `none`: it asks no model, and is not counted among those that do. */
      place: z.enum(['model', 'none']).optional(),
    }),
  },
  'task.started': {
    version: 1,
    data: z.object({
      task: z.string(),
      attempt: z.number().int(),
      agent: z.string(),
      /** The model that it asks, as the settings call it; absent where it is the one of the whole run. */
      model: z.string().optional(),
    }),
  },
  /** It holds no slot until `until` (milliseconds since 1970; absent: until something wakes it). */
  'task.waiting': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** `retry`: for the next try after `error`. `interrupted`: for the run to go on. Anything else is what its kind says that it waits for. */
      reason: z.string(),
      until: z.number().optional(),
      /** The name of the signal that wakes it. */
      signal: z.string().optional(),
      /** The tasks that it waits for; it is woken when all of them have ended, whatever end that is. */
      tasks: z.array(z.string()).optional(),
      error: errorSchema.optional(),
    }),
  },
  /** What a waiting task waited for is there. It begins again with that. */
  'task.woken': {
    version: 1,
    data: z.object({
      task: z.string(),
      by: z.enum(['time', 'signal', 'tasks']),
      /** Of a signal: its number in the journal, who sent it, and what it carries. */
      signal: z.object({ number: z.number().int(), from: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
    }),
  },
  'task.completed': {
    version: 2,
    upcasts: { 1: turnOfMessages },
    data: z.object({
      task: z.string(),
      /** What enters the transcripts of those after it: messages of user and assistant in turn, the first asked, the last answers. Absent: nothing. */
      turn: turnSchema.optional(),
      /** Why there was nothing to do, where the task was done without asking a model; a sentence. */
      because: z.string().optional(),
      /** What it found out, by name. */
      outputs: z.record(z.string(), z.unknown()).optional(),
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
