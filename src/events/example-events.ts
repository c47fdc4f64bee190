import { z } from 'zod';

/** What the requirement itself shows, tried on what the team wrote. */
export const exampleEvents = {
  'examples.tried': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** The reply that held the version which was tried; absent: the files as they stand. */
      activity: z.string().optional(),
      /** Programs of the run as they were tried, also a version that was not kept. */
      files: z.array(z.object({ path: z.string(), sha256: z.string() })),
      /** What they were tried in; `off`: nothing; absent: nowhere, because there is no sandbox. */
      sandbox: z.string().optional(),
      durationMilliseconds: z.number(),
      examples: z.array(
        z.object({
          /** The words of the requirement. */
          quote: z.string(),
          /** `not_run`: nothing is known of it. */
          outcome: z.enum(['holds', 'fails', 'not_run']),
          /** How many of the results that it states came out, and how many it states. */
          held: z.number().int(),
          of: z.number().int(),
          /** What was seen instead, or why it was not run. */
          why: z.string().optional(),
        }),
      ),
    }),
  },
} as const;
