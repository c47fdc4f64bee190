import { z } from 'zod';

/** How fast a server is with one request and with several at once, in tokens a second. */
export const parallelSpeedSchema = z.object({
  /** How many were at once. */
  atOnce: z.number().int(),
  read: z.number().positive(),
  /** What one request gets alone. */
  alone: z.number().positive(),
  /** What all of them get together. */
  together: z.number().positive(),
});

export type ParallelSpeed = z.infer<typeof parallelSpeedSchema>;
