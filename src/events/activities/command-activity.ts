import { z } from 'zod';
import { activityKind } from './activity-kind.ts';

/** What a command says of the team's work, where it ran by itself to find that out. */
const verificationSchema = z.object({
  /** The recipe that knew the command; `command`: a person, or the step. */
  recipe: z.string(),
  /** That of the activity. */
  filesHash: z.string(),
  kind: z.enum(['syntax', 'types', 'build', 'tests', 'command']),
  /** Only `passed`, `failed` and `timed_out` say something of the files. */
  verdict: z.enum(['passed', 'failed', 'timed_out', 'no_tests', 'missing_package', 'missing_tool', 'not_run']),
  /** The first failure, the name of what is missing, or why it was not run. */
  why: z.string().optional(),
  /** Of a package that is missing: nobody has allowed to fetch any, no file names it, what was tried failed, or what the files name is never fetched. Absent in events of earlier versions. */
  packages: z.enum(['not_allowed', 'not_named', 'not_fetched', 'refused']).optional(),
  /** Of the tests, where they were counted. */
  counts: z.object({ passed: z.number().int(), failed: z.number().int(), skipped: z.number().int() }).optional(),
  /** Failures first; of very many the first some hundreds. */
  tests: z
    .array(z.object({ name: z.string(), outcome: z.enum(['passed', 'failed', 'skipped']), message: z.string().optional() }))
    .optional(),
  /** What the same command said of the project without the files of the run, where it was asked because something failed. */
  before: z
    .object({
      /** Equal for the same project. */
      project: z.string(),
      verdict: z.enum(['passed', 'failed', 'timed_out', 'no_tests', 'missing_package', 'missing_tool', 'not_run']),
      why: z.string().optional(),
      /** The names of tests that failed, as far as they are known. */
      failing: z.array(z.string()),
    })
    .optional(),
});

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
  /** Files of the project below, when it began, that were not what they were when the run began; one without a hash was missing. Absent: no project was below. */
  project: z.array(z.object({ path: z.string(), sha256: z.string().optional() })).optional(),
  /** Why a project that the run knows was not below; a sentence without its end. */
  withoutProject: z.string().optional(),
  /** Absent: a person's own command after the run, or that of a step that is nothing else. */
  verification: verificationSchema.optional(),
});

/** A command that a task runs on the files of the run; it is also a check of them. If it was interrupted, it is run again. */
export const commandActivity = activityKind({
  name: 'command',
  started: z.object({
    command: z.string(),
    timeoutMilliseconds: z.number(),
    /** A hash over the files that its answer depends on: it is not run twice on the same ones. */
    filesHash: z.string().optional(),
  }),
  completed: checkSchema,
});
