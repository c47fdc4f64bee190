import { z } from 'zod';

/** What a check said of what was generated. */
export const checkOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scored'), passed: z.number().int().nonnegative(), total: z.number().int().positive() }),
  /** A toolchain is missing on this machine. */
  z.object({ kind: z.literal('skipped'), reason: z.string() }),
  /** The check itself failed: nothing is known of what was generated, least of all that it is worth nothing. */
  z.object({ kind: z.literal('broken'), reason: z.string() }),
]);

export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;
