import { z } from 'zod';

/** Files on their way from a reply to the disk. `path` is relative to the run's folder, with `/`. */
export const artifactEvents = {
  'artifact.written': {
    version: 1,
    data: z.object({
      task: z.string(),
      path: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged']),
      /** Which format of a file the block had, or `reply` for a text step's own reply. */
      format: z.string(),
      language: z.string().optional(),
      /** Where the block's content stands in the reply, in UTF-16 units. */
      range: z.tuple([z.number().int(), z.number().int()]),
    }),
  },
  'artifact.refused': {
    version: 1,
    data: z.object({
      task: z.string(),
      name: z.string(),
      reason: z.string(),
      sha256: z.string(),
      range: z.tuple([z.number().int(), z.number().int()]),
    }),
  },
  /** A file that was missing when the run went on was written again from the content store. */
  'artifact.restored': { version: 1, data: z.object({ path: z.string(), sha256: z.string() }) },
  /** A file that is not what the run wrote: somebody has changed it, and it is left alone. */
  'artifact.edited': { version: 1, data: z.object({ path: z.string(), expected: z.string(), found: z.string() }) },
  /** Two different contents for one path: the later one stands on disk, both are in the content store. */
  'artifact.collided': {
    version: 1,
    data: z.object({ task: z.string(), path: z.string(), sha256: z.string(), earlier: z.object({ task: z.string(), sha256: z.string() }) }),
  },
} as const;
