import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

/** What came of a command that ran on the files of a run. */
export const checkSchema = z.object({
  command: z.string(),
  /** `not_started`: the system would not run it. */
  outcome: z.enum(['passed', 'failed', 'timed_out', 'stopped', 'not_started']),
  /** Absent where a signal ended it, or where it did not start. */
  exitCode: z.number().int().optional(),
  durationMilliseconds: z.number(),
  /** What it ran in; `off`: nothing, it ran as the user. Absent in the events of earlier programs, which had none. */
  sandbox: z.enum(['bubblewrap', 'sandbox-exec', 'unsupported', 'off']).optional(),
  /** What the sandbox let through. */
  network: z.enum(['none', 'machine']).optional(),
  /** Which bound it was ended for, besides time. */
  exceeded: z.enum(['processes', 'memory']).optional(),
  /** How many of the files it changed or removed, in its copy. */
  changedFiles: z.number().int().positive().optional(),
  /** What it printed, standard output and errors as they came, without secrets; of much the beginning and the end. */
  output: z.string(),
  /** The files of the run as they lay there when it began; one without a hash was not there. Absent in the events of earlier programs. */
  files: z.array(z.object({ path: z.string(), sha256: z.string().optional() })).optional(),
});

/** A command that a task runs on the files of the run; it is a check of them, too. One that was cut off is run again. */
export const commandActivity = activityKind({
  name: 'command',
  started: z.object({ command: z.string(), timeoutMilliseconds: z.number() }),
  completed: checkSchema,
});
