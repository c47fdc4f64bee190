import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

/** The result of a command that ran on the files of a run. */
export const checkSchema = z.object({
  command: z.string(),
  /** `not_started`: the system refused to run it. */
  outcome: z.enum(['passed', 'failed', 'timed_out', 'stopped', 'not_started']),
  /** Absent if a signal ended it, or if it did not start. */
  exitCode: z.number().int().optional(),
  durationMilliseconds: z.number(),
  /** The sandbox that it ran in; `off`: none, it ran as the user. Absent in events of earlier versions, which had none. */
  sandbox: z.enum(['bubblewrap', 'sandbox-exec', 'unsupported', 'off']).optional(),
  /** The network that the sandbox allowed. */
  network: z.enum(['none', 'machine']).optional(),
  /** The limit, other than time, that it was killed for exceeding. */
  exceeded: z.enum(['processes', 'memory']).optional(),
  /** How many files it changed or removed in its copy. */
  changedFiles: z.number().int().positive().optional(),
  /** What it printed, standard output and standard error in order of arrival, without secrets. If long, the beginning and the end. */
  output: z.string(),
  /** The files of the run when it began; one without a hash was missing. Absent in events of earlier versions. */
  files: z.array(z.object({ path: z.string(), sha256: z.string().optional() })).optional(),
});

/** A command that a task runs on the files of the run; it is also a check of them. If it was interrupted, it is run again. */
export const commandActivity = activityKind({
  name: 'command',
  started: z.object({ command: z.string(), timeoutMilliseconds: z.number() }),
  completed: checkSchema,
});
