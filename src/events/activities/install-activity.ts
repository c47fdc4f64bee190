import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

const packages = {
  /** As in `npm`. */
  manager: z.string(),
  /** The files that name the packages, or need them. */
  namedIn: z.array(z.string()),
};

/** Fetching packages that checks of the files need, with a package manager and with the network. If it was interrupted, it is done again. */
export const installActivity = activityKind({
  name: 'install',
  started: z.object({
    ...packages,
    /** A hash over what is fetched and how: it is not fetched again as long as this holds. */
    hash: z.string(),
    command: z.string(),
    timeoutMilliseconds: z.number(),
  }),
  completed: z.object({
    ...packages,
    /** `not_started`: it was not even tried; `output` says why. */
    outcome: z.enum(['passed', 'failed', 'timed_out', 'stopped', 'not_started']),
    /** Absent if a signal ended it, or if it did not start. */
    exitCode: z.number().int().optional(),
    durationMilliseconds: z.number(),
    sandbox: z.enum(['bubblewrap', 'sandbox-exec', 'unsupported', 'off']).optional(),
    exceeded: z.enum(['processes', 'memory']).optional(),
    /** What the package manager printed, without secrets. If long, the beginning and the end. */
    output: z.string(),
  }),
});
