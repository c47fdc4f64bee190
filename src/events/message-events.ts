import { z } from 'zod';

/** Messages between agents. A hand-over names artifacts and adds nothing to transcripts. */
export const messageEvents = {
  'message.sent': {
    version: 1,
    data: z.object({
      from: z.string(),
      /** An agent's id; null: everyone but the sender. */
      to: z.string().nullable(),
      messageType: z.string(),
      content: z.record(z.string(), z.unknown()),
    }),
  },
} as const;
