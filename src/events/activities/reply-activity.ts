import { z } from 'zod';
import { usageSchema } from '../usage.ts';
import { askedParts, nativeCallSchema, repliedParts } from '../native-call.ts';
import { activityKind } from './activity-kind.ts';

/**
 * One message of the team, and one whole reply of the model to it in as many calls as it takes. If it was interrupted, it continues from the text that had
 * arrived, which `reply.delta` keeps.
 */
export const replyActivity = activityKind({
  name: 'reply',
  started: z.object({
    /** The user message of this exchange, without requirement or earlier turns. */
    message: z.string(),
    /** Tasks whose turns come before it, in order, and the epoch in which they are rendered. */
    turns: z.array(z.string()),
    epoch: z.number().int(),
    replyCap: z.number().optional(),
    /** Whether earlier exchanges of the task come before it. Absent: they do. */
    before: z.enum(['own_exchanges', 'nothing']).optional(),
    /** What the native calls of the exchange before say, by their ids. It stands before the message. Absent: nothing. */
    results: z.array(z.object({ id: z.string(), text: z.string() })).optional(),
    /**
     * Of a task whose message speaks of native calls: `native`, it was offered its tools; `in_text`, it was not, or no longer, and was told how to call them in its text, and
     * native calls before it were shown as text. Absent: it was told of none.
     */
    calling: z.enum(['native', 'in_text']).optional(),
    /** Sampling that differs from the settings: a seed of its own, another temperature. */
    sampling: z.record(z.string(), z.number()).optional(),
  }),
  completed: z.object({
    /** The whole reply, byte for byte. */
    text: z.string(),
    reasoning: z.string(),
    /** What it calls natively, in order. Absent: nothing. */
    called: z.array(nativeCallSchema).optional(),
    finishReason: z.string(),
    usage: usageSchema,
  }),
  content({ message, results, text, reasoning, called }, role) {
    if (role === 'user') return askedParts(message, results);
    return [...(reasoning === '' ? [] : [{ type: 'reasoning' as const, text: reasoning }]), ...repliedParts(text, called)];
  },
});
