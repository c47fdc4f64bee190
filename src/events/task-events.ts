import { z } from 'zod';
import { momentSchema } from './moment.ts';
import { contentPart } from './content-part.ts';
import { errorSchema } from './error-schema.ts';

const role = z.enum(['user', 'assistant']);

/** One message of a turn: what an activity asked or answered, or its own content. */
const turnEntry = z.union([z.object({ role, activity: z.string() }), z.object({ role, content: z.array(contentPart).min(1) })]);

/** A recorded message that a task adds to the conversation. */
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

/** Version 1 had the first activity that asked and the last that replied. */
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
      /** Of a task that expects files: where its reply has none, its text is the result. Absent: then the task has failed. */
      orText: z.boolean().optional(),
      dependencies: z.array(z.string()),
      /** Larger numbers run first. */
      priority: z.number(),
      /** 1, 2, 3 …: the step's place in the workflow; decides between turns and between files. */
      number: z.number().int(),
      /** The further options of the step for its kind. Absent for steps of agents, and in events of earlier versions. */
      options: z.record(z.string(), z.unknown()).optional(),
      /** The model that its step names, by its name in the settings. Absent: none. */
      model: z.string().optional(),
      /** The JSON Schema that its reply has to meet. Absent: it is no data. */
      schema: z.record(z.string(), z.unknown()).optional(),
      /** What its step says of checking what it writes: a command, or `off`; absent: as the settings say. */
      verify: z.string().optional(),
      /** How often at most what it writes is written, until it passes its checks; absent: as the settings say. */
      mostAttempts: z.number().int().optional(),
      /** What its agent may call, and how often at most. Absent: it calls nothing. */
      calls: z.object({ tools: z.array(z.string()), most: z.number().int() }).optional(),
      /** The condition of its step: where it does not hold when its turn comes, the task is skipped. */
      when: z.string().optional(),
      /** How often it is tried again. Absent: as the settings say. */
      retries: z.number().int().optional(),
      /** How long one try may take. Absent: as the settings say. */
      timeoutSeconds: z.number().optional(),
      /** The expressions of its named outputs. */
      namedOutputs: z.record(z.string(), z.string()).optional(),
      /** Its turn is shown to nobody. */
      private: z.boolean().optional(),
      /** Which earlier steps its agent is shown. Absent: all. */
      context: z.union([z.literal('direct'), z.array(z.string())]).optional(),
      /** What is asked beside the instructions of its role and type of task. */
      instructions: z.string().optional(),
      /** How its replies are sampled, above the settings. */
      sampling: z.record(z.string(), z.unknown()).optional(),
      /** What its expressions, and those of the tasks that join the run for it, may name beside what every expression may. */
      names: z.record(z.string(), z.unknown()).optional(),
      /** What its kind had kept when it was done in an earlier run. */
      memory: z.unknown().optional(),
      /** The task that it joined the run for. */
      parent: z.string().optional(),
      /** `none`: it asks no model, and does not count among the tasks that do. */
      place: z.enum(['model', 'none']).optional(),
    }),
  },
  'task.started': {
    version: 1,
    data: z.object({
      task: z.string(),
      attempt: z.number().int(),
      agent: z.string(),
      /** The model that it asks, by its name in the settings. Absent if it is the model of the whole run. */
      model: z.string().optional(),
      /** What its texts with `{{ … }}` became: from here on they are what it is to do. */
      filled: z
        .object({ description: z.string(), instructions: z.string().optional(), options: z.record(z.string(), z.unknown()).optional() })
        .optional(),
    }),
  },
  /** It holds no slot until `until` (milliseconds since 1970; absent: until something wakes it). */
  'task.waiting': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** `retry`: it waits for the next try after `error`. `interrupted`: it waits for the run to be resumed. `budget`: the same, because of `error`. Anything else is its kind's reason. */
      reason: z.string(),
      until: momentSchema.optional(),
      /** The name of the signal that wakes it. */
      signal: z.string().optional(),
      /** The tasks that it waits for. It is woken when all of them have ended, however they ended. */
      tasks: z.array(z.string()).optional(),
      /** `first`: it is woken as soon as one of them has ended. Absent: when all have. */
      wakes: z.enum(['all', 'first']).optional(),
      /** What its kind wants to know when it is called again. Absent: what it wanted before. */
      memory: z.unknown().optional(),
      /** What it has said before these joined the run. */
      turn: turnSchema.optional(),
      error: errorSchema.optional(),
    }),
  },
  /** From here on its agent calls tools in its text: native calls went wrong, or its server does not take them. */
  'task.calls_in_text': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** A sentence for people, without its end. */
      why: z.string(),
    }),
  },
  /** What a task waited for has arrived. The task starts again with it. */
  'task.woken': {
    version: 1,
    data: z.object({
      task: z.string(),
      by: z.enum(['time', 'signal', 'tasks']),
      /** For a signal: its number in the journal, its sender and its data. */
      signal: z.object({ number: z.number().int(), from: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
    }),
  },
  /** A person took the turn of a session back: whoever builds on the run is not told of it. Its files are undone by themselves. */
  'task.taken_back': { version: 1, data: z.object({ task: z.string() }) },
  'task.completed': {
    version: 2,
    upcasts: { 1: turnOfMessages },
    data: z.object({
      task: z.string(),
      /** What it adds to the transcripts of later tasks: user and assistant messages in turn, the first asks, the last answers. Absent: nothing. */
      turn: turnSchema.optional(),
      /** If the task was done without asking a model, why there was nothing to do; a sentence. */
      because: z.string().optional(),
      /** Its outputs, by name. */
      outputs: z.record(z.string(), z.unknown()).optional(),
    }),
  },
  'task.failed': { version: 1, data: z.object({ task: z.string(), error: errorSchema }) },
  /** `condition`: it counts as done for tasks that depend on it. `dependency_failed`: they are skipped, too. */
  'task.skipped': {
    version: 1,
    data: z.object({ task: z.string(), reason: z.enum(['dependency_failed', 'condition']), because: z.string() }),
  },
  /** It had begun or ended and is to be done again; what its activities have is kept. */
  'task.reopened': {
    version: 1,
    data: z.object({
      task: z.string(),
      reason: z.enum(['interrupted', 'retry']),
      /** What joined the run for it before no longer counts for it: it works out anew which tasks are to join. Absent: it goes on with those that have. */
      anew: z.boolean().optional(),
    }),
  },
  'task.cancelled': { version: 1, data: z.object({ task: z.string() }) },
} as const;
