import { z } from 'zod';

/** Examples from the requirement, tried on what the team wrote. */
export const exampleEvents = {
  'examples.tried': {
    version: 1,
    data: z.object({
      task: z.string(),
      /** The reply with the version that was tried. Absent: the current files. */
      activity: z.string().optional(),
      /** Programs of the run as they were tried, including a version that was not kept. */
      files: z.array(z.object({ path: z.string(), sha256: z.string() })),
      /** The sandbox that they were tried in; `off`: none. Absent: not tried, because there is no sandbox. */
      sandbox: z.string().optional(),
      durationMilliseconds: z.number(),
      examples: z.array(
        z.object({
          /** The words of the requirement. */
          quote: z.string(),
          /** `not_run`: nothing is known about it. */
          outcome: z.enum(['holds', 'fails', 'not_run']),
          /** How many of its stated results were right, and how many it states. */
          held: z.number().int(),
          of: z.number().int(),
          /** What came out instead, or why it was not run. */
          why: z.string().optional(),
        }),
      ),
    }),
  },
} as const;
