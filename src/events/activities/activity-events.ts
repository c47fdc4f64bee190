import { z } from 'zod';
import { errorSchema } from '../error-schema.ts';
import { distances } from '../../utils/where.ts';
import { modelPricesSchema } from '../model-prices.ts';
import { nativeCallSchema } from '../native-call.ts';
import { usageSchema } from '../usage.ts';
import { activitySchemas, isKnownActivity } from './activity-kinds.ts';

/** Version 1 knew only replies. */
const ofReply = (data: unknown) => ({ kind: 'reply', ...(data as object) });

/** What a task does that is recorded as started and ended (`activityKinds`), and the progress of a reply. */
export const activityEvents = {
  'activity.started': { version: 2, isKnown: isKnownActivity, data: activitySchemas.started },
  'activity.completed': { version: 2, upcasts: { 1: ofReply }, isKnown: isKnownActivity, data: activitySchemas.completed },
  'activity.failed': { version: 2, upcasts: { 1: ofReply }, isKnown: isKnownActivity, data: activitySchemas.failed },
  'call.started': {
    version: 1,
    data: z.object({ activity: z.string(), call: z.number().int(), promptTokens: z.number().optional(), continues: z.number().int() }),
  },
  /** With several model servers: the address of the one that got a call. */
  'call.sent': { version: 1, data: z.object({ activity: z.string(), call: z.number().int(), server: z.string() }) },
  /**
   * Recorded before a call is sent to a model that somebody is paid for: what its tokens cost, and the most that it may take. There is none for models that cost nothing, nor in
   * the journals of earlier versions.
   */
  'call.priced': {
    version: 1,
    data: z.object({
      activity: z.string(),
      call: z.number().int(),
      /** Whose model it is: a name in the settings. */
      place: z.string(),
      model: z.string(),
      /** Absent: nobody knows what it costs. */
      prices: modelPricesSchema.optional(),
      /** The most tokens that its prompt can have. */
      promptTokens: z.number().int().nonnegative(),
      /** The most that its reply may have. Absent: nothing limits it. */
      replyTokens: z.number().int().nonnegative().optional(),
    }),
  },
  /**
   * Recorded before a connection is opened: where a request of the run is about to go. Of requests that stay on this machine, only those of calls to a model are recorded,
   * and only if they have a body. In the journals of earlier versions there are none, which says nothing about where their calls went.
   */
  'request.sent': {
    version: 1,
    data: z.object({
      /** The reply that it is for, and the call if it is one. Absent: what the run itself sends, such as a prompt whose tokens are counted. */
      activity: z.string().optional(),
      call: z.number().int().optional(),
      /** With the port if that is not the usual one. */
      host: z.string(),
      where: z.enum(distances),
      /** Of the body. */
      bytes: z.number().int().nonnegative(),
    }),
  },
  /** A team elsewhere writes the reply: it has taken the message up as a task with this id. Whoever goes on after a crash follows that task. */
  'remote.accepted': { version: 1, data: z.object({ activity: z.string(), remoteTask: z.string() }) },
  /** What happens there meanwhile, in the words of its server. */
  'remote.progress': {
    version: 1,
    data: z.object({
      activity: z.string(),
      stage: z.string().optional(),
      agent: z.string().optional(),
      message: z.string(),
      /** Which step of how many, from 1. */
      step: z.object({ now: z.number().int(), of: z.number().int() }).optional(),
    }),
  },
  'call.ended': {
    version: 1,
    data: z.object({
      activity: z.string(),
      call: z.number().int(),
      finishReason: z.string(),
      usage: usageSchema.optional(),
      error: errorSchema.optional(),
      /** It was answered with an error instead of a reply. Absent: it was not, or nothing tells. */
      refused: z.literal(true).optional(),
      /** The server had failed many times in a row, so this call waited this long for it to be healthy. */
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
  /** A native call in the reply. A call to the model that begins after it takes it back. */
  'reply.called': { version: 1, data: nativeCallSchema.extend({ activity: z.string() }) },
  /** The reply had begun to repeat itself, or turned out to be the model's thoughts: its first `at` characters are kept, and what comes next continues them. */
  'reply.cut': {
    version: 1,
    data: z.object({
      activity: z.string(),
      /** The call that wrote it; 0: an earlier attempt. */
      call: z.number().int(),
      at: z.number().int().nonnegative(),
      /** How many characters were removed. */
      removed: z.number().int().nonnegative(),
      why: z.enum(['same', 'counting', 'thoughts']),
    }),
  },
  /** The faults found, without running it, in a reply that was to contain one file; empty: none. */
  'reply.judged': {
    version: 1,
    data: z.object({ activity: z.string(), path: z.string(), problems: z.array(z.string()) }),
  },
} as const;
