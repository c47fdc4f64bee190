import { z } from 'zod';
import { errorSchema } from '../error-schema.ts';
import { usageSchema } from '../usage.ts';
import { activitySchemas, isKnownActivity } from './activity-kinds.ts';

/** Version 1 knew replies alone. */
const ofReply = (data: unknown) => ({ kind: 'reply', ...(data as object) });

/** What a task does that is recorded as started and ended (`activityKinds`), and what a reply records on its way. */
export const activityEvents = {
  'activity.started': { version: 2, isKnown: isKnownActivity, data: activitySchemas.started },
  'activity.completed': { version: 2, upcasts: { 1: ofReply }, isKnown: isKnownActivity, data: activitySchemas.completed },
  'activity.failed': { version: 2, upcasts: { 1: ofReply }, isKnown: isKnownActivity, data: activitySchemas.failed },
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
  /** What was found wrong with a reply that was to hold one file, without running it; empty: nothing. */
  'reply.judged': {
    version: 1,
    data: z.object({ activity: z.string(), path: z.string(), problems: z.array(z.string()) }),
  },
} as const;
