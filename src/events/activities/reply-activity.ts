import { z } from 'zod';
import { usageSchema } from '../usage.ts';
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
    /** Sampling that differs from the settings: a seed of its own, another temperature. */
    sampling: z.record(z.string(), z.number()).optional(),
  }),
  completed: z.object({
    /** The whole reply, byte for byte. */
    text: z.string(),
    reasoning: z.string(),
    finishReason: z.string(),
    usage: usageSchema,
  }),
  content({ message, text, reasoning }, role) {
    if (role === 'user') return [{ type: 'text', text: message }];
    return [...(reasoning === '' ? [] : [{ type: 'reasoning' as const, text: reasoning }]), { type: 'text', text }];
  },
});
