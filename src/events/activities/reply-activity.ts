import { z } from 'zod';
import { usageSchema } from '../usage.ts';
import { activityKind } from './activity-kind.ts';

/**
 * One message of the team, answered by one whole reply of the model over as many calls as that takes. One that was cut off goes on from the text that had
 * arrived, which `reply.delta` keeps.
 */
export const replyActivity = activityKind({
  name: 'reply',
  started: z.object({
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
