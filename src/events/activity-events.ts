import { z } from 'zod';
import { errorSchema } from './error-schema.ts';
import { usageSchema } from './usage.ts';

/**
 * What a task does that is recorded as started and ended. The kind there is: `reply`, one message of the team answered by one whole reply of the
 * model, over as many calls as that takes.
 */
export const activityEvents = {
  'activity.started': {
    version: 1,
    data: z.object({
      activity: z.string(),
      task: z.string(),
      kind: z.literal('reply'),
      /** The user message of this exchange, without requirement or earlier turns. */
      message: z.string(),
      /** Tasks whose turns stand before it, in order, and the epoch they are rendered in. */
      turns: z.array(z.string()),
      epoch: z.number().int(),
      replyCap: z.number().optional(),
      /** Whether earlier exchanges of the task stand before it. Absent: they do. */
      before: z.enum(['own_exchanges', 'nothing']).optional(),
      /** How its tokens are chosen where that is not the settings' choice alone: a seed of its own, another temperature. */
      sampling: z.record(z.string(), z.number()).optional(),
    }),
  },
  'call.started': {
    version: 1,
    data: z.object({ activity: z.string(), call: z.number().int(), promptTokens: z.number().optional(), continues: z.number().int() }),
  },
  /** Where there are several model servers: the address of the one that a call went to. */
  'call.sent': { version: 1, data: z.object({ activity: z.string(), call: z.number().int(), server: z.string() }) },
  'call.ended': {
    version: 1,
    data: z.object({
      activity: z.string(),
      call: z.number().int(),
      finishReason: z.string(),
      usage: usageSchema.optional(),
      error: errorSchema.optional(),
      /** The server had failed many times in a row, so this call waited that long for its health before it was sent. */
      heldBackMilliseconds: z.number().optional(),
    }),
  },
  /** How much of the prompt the server has read. */
  'prompt.progress': { version: 1, data: z.object({ activity: z.string(), processed: z.number(), total: z.number(), cached: z.number() }) },
  /** The next piece of the reply; pieces in order are the reply. `tokens` and `milliseconds` count the reply so far. */
  'reply.delta': {
    version: 1,
    data: z.object({
      activity: z.string(),
      text: z.string().optional(),
      reasoning: z.string().optional(),
      tokens: z.number(),
      milliseconds: z.number(),
    }),
  },
  /**
   * The reply had begun to repeat itself, or what had arrived turned out to be the model's thoughts: its first `at` characters are left of it, and what comes
   * next continues them.
   */
  'reply.cut': {
    version: 1,
    data: z.object({
      activity: z.string(),
      /** The one that wrote it; 0: an earlier attempt. */
      call: z.number().int(),
      at: z.number().int().nonnegative(),
      /** Characters that are gone. */
      removed: z.number().int().nonnegative(),
      why: z.enum(['same', 'counting', 'thoughts']),
    }),
  },
  'activity.completed': {
    version: 1,
    data: z.object({
      activity: z.string(),
      /** The whole reply, byte for byte. */
      text: z.string(),
      reasoning: z.string(),
      finishReason: z.string(),
      usage: usageSchema,
    }),
  },
  /** What was found wrong with a reply that was to hold one file, without running it; empty: nothing. */
  'reply.judged': {
    version: 1,
    data: z.object({ activity: z.string(), path: z.string(), problems: z.array(z.string()) }),
  },
  'activity.failed': { version: 1, data: z.object({ activity: z.string(), error: errorSchema, text: z.string() }) },
} as const;
