import { z } from 'zod';

/** What a step of the kind `rework` says. */
export const reworkOptions = z.object({
  /** The role that wrote what was rejected. */
  role: z.string().min(1).max(64),
  expects: z.enum(['files', 'text']),
  /** The question, and what the person said. */
  ask: z.string(),
  comment: z.string(),
  /** The files that were shown; of a text the one that it is kept as. */
  paths: z.array(z.string()).max(10_000),
  /** The sequence of the event that asked. Once something else is asked, nobody wants the rework any more. */
  asked: z.number().int(),
});

export type ReworkOptions = z.infer<typeof reworkOptions>;
