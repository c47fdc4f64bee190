import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

const called = {
  tool: z.string(),
  /** By their names; those of a call that was wrong as far as they could be read. */
  arguments: z.record(z.string(), z.unknown()),
  /** Who does it; `program`: the program that has started the run brings the tool along. Absent: it is one of ours. */
  executor: z.enum(['local', 'mcp', 'agent', 'remote', 'program']).optional(),
};

/** A tool that the model has called. A task that goes on is answered from the journal: nothing is called twice. */
export const toolActivity = activityKind({
  name: 'tool',
  started: z.object({
    ...called,
    /** Over the files of the run that it works on. */
    filesHash: z.string(),
  }),
  completed: z.object({
    ...called,
    /** It did not do what was asked, and says why. */
    failed: z.boolean(),
    /** It was called with these arguments before, and the run has written nothing since, and was not called again. */
    repeated: z.literal(true).optional(),
    /** Of a command. Absent: none ran to its end. */
    exitCode: z.number().int().optional(),
    durationMilliseconds: z.number(),
    /** The hash of what the model is told; the store keeps it. */
    told: z.string(),
    /** What was left out of that, because it was too long. */
    cut: z.object({ lines: z.number().int(), bytes: z.number().int() }).optional(),
  }),
});
