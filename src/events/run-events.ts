import { z } from 'zod';
import { isRunId } from '../utils/run-id.ts';
import { momentSchema } from './moment.ts';
import { usageSchema } from './usage.ts';
import { checkSchema } from './activities/command-activity.ts';
import { errorSchema } from './error-schema.ts';

/** What a run knows of the project that is there already, as text that never changes while it runs. Files that it was given whole are not in here. */
const projectSchema = z.object({
  /** Stands before the requirement and depends on the files alone, so that runs with other requirements begin with the same bytes. Empty: nothing does. */
  standing: z.string(),
  /** Stands behind the requirement, before the files. Empty: nothing does. */
  relevant: z.string(),
  /** The content with this hash has a JSON line `{path, sha256, bytes}` for each file of the project, sorted by path. */
  base: z.string(),
  /** How many files that are. */
  fileCount: z.number().int().nonnegative(),
  /** About what the texts and the files take in a prompt. */
  tokens: z.number().int().nonnegative(),
  /** Files that speak for themselves by what the requirement says and were not given whole, most relevant first. */
  near: z.array(z.string()),
  /** The files of which `standing` has the conventions. Absent: none. */
  conventions: z.array(z.string()).optional(),
  /** Offered by name and description; `path` has the body. */
  skills: z.array(z.object({ name: z.string(), description: z.string(), path: z.string() })),
  /** What a person should know about how it was read. Absent: nothing. */
  notes: z.array(z.string()).optional(),
  /** What was not read, and why; `examples` names some of them. */
  leftOut: z.array(z.object({ reason: z.string(), count: z.number().int().positive(), examples: z.array(z.string()) })),
});

/** A Git worktree on which a run works instead of the person's own files. */
const worktreeSchema = z.object({
  /** The run that it was made for, which is the name of its folder: one that builds on that run works on the same. */
  run: z.string().refine(isRunId),
  branch: z.string(),
  /** The commit that it began with. */
  commit: z.string(),
  /** Where the project is in the repository, with `/`; empty: it is the whole. */
  prefix: z
    .string()
    .refine((path) => !path.startsWith('/') && !/[\\\0]/.test(path) && !path.split('/').some((part) => /^\.{1,2}$/.test(part))),
});

const inputSchema = z.object({
  requirement: z.string(),
  /** Project files that follow the requirement in the transcript. */
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  /** Absent: only the files were given. */
  project: projectSchema.optional(),
  /** Absent: the project's folder itself is worked on. */
  worktree: worktreeSchema.optional(),
  /** The other inputs of the workflow, by name. */
  values: z.record(z.string(), z.unknown()).optional(),
});

const modelSchema = z.object({
  name: z.string(),
  address: z.string(),
  engine: z.enum(['server', 'embedded']),
  /** The context of one slot in tokens. Absent if the server does not report it. */
  contextTokens: z.number().optional(),
  slots: z.number().optional(),
  /** The server's version, as it reports it. */
  release: z.string().optional(),
  /** With several servers: those that the run began with. The fields above are the first one's address, the smallest context and all slots. */
  servers: z.array(z.object({ address: z.string(), contextTokens: z.number().optional(), slots: z.number().optional() })).optional(),
});

const layoutSchema = z.enum(['contract', 'material', 'transcript', 'per_role']);

/** Version 1 called `transcript` `shared`, and knew neither `contract` nor `material`. */
function renameLayout(data: unknown): unknown {
  const transcript = (data as { transcript?: { layout?: unknown } } | null)?.transcript;
  return transcript?.layout === 'shared' ? { ...(data as object), transcript: { ...transcript, layout: 'transcript' } } : data;
}

/** In events of earlier versions, the task that the command belongs to; since then it is an activity of the task. */
const taskOfCheck = z.string().optional();

/** How many tasks the run had completed, and of how many. Absent in events of earlier versions. */
const tasksSchema = z.object({ completed: z.number().int().nonnegative(), total: z.number().int().nonnegative() }).optional();

/** The life of a run as a whole. */
export const runEvents = {
  'run.started': {
    version: 2,
    upcasts: { 1: renameLayout },
    data: z.object({
      run: z.string(),
      workflow: z.string(),
      /** The definition as it was at the start, so that the run never depends on a file that may change. */
      definition: z.record(z.string(), z.unknown()),
      input: inputSchema,
      context: z.record(z.string(), z.unknown()),
      model: modelSchema,
      /** With several models: each by its name in the settings. The one above is the default, or the first. */
      models: z.record(z.string(), modelSchema).optional(),
      /** Which turns a task sees; decided once. */
      transcript: z.object({ turns: z.enum(['linear', 'graph']), layout: layoutSchema, reason: z.string() }),
      maxParallel: z.number().int(),
      /** The folder for derived files, relative to the workspace if it is inside it. */
      output: z.string(),
      productVersion: z.string(),
      /** The settings at the start, without secrets: a resumed run continues with them. */
      settings: z.record(z.string(), z.unknown()).optional(),
      /** The team's system message, byte for byte. */
      preamble: z.string().optional(),
      /** The run whose finished tasks this one begins with. */
      inherits: z.object({ run: z.string(), how: z.enum(['rerun', 'refine']), tasks: z.array(z.string()) }).optional(),
    }),
  },
  /** A person or the machine stopped it. Nothing is running any more, and it can be resumed. */
  'run.interrupted': { version: 1, data: z.object({ reason: z.string(), tasks: tasksSchema }) },
  /** All remaining tasks wait, and nobody works on the run meanwhile: it continues when somebody resumes it. */
  'run.waiting': {
    version: 1,
    data: z.object({
      /** The earliest time at which one of its tasks continues, in milliseconds since 1970. Absent: none continues by itself. */
      until: momentSchema.optional(),
      /** The names of the signals that would wake one. */
      signals: z.array(z.string()),
      tasks: tasksSchema,
    }),
  },
  /** It continues under a new owner. `overrides` replace settings from the start. */
  'run.resumed': {
    version: 1,
    data: z.object({
      how: z.enum(['resume', 'retry']),
      owner: z.object({ host: z.string(), pid: z.number().int() }),
      overrides: z.record(z.string(), z.unknown()),
      /** The model that it continues with. Absent in events of earlier versions. */
      model: modelSchema.optional(),
      models: z.record(z.string(), modelSchema).optional(),
    }),
  },
  /** How many tokens each task's reply may have, planned from the context. */
  'run.budgeted': { version: 1, data: z.object({ contextTokens: z.number().optional(), replyCaps: z.record(z.string(), z.number()) }) },
  /** About what a run will cost that asks models somebody is paid for, in billionths of a US dollar. */
  'run.estimated': {
    version: 1,
    data: z.object({
      /** From so much, where every step asks once and replies are short or as they were in earlier runs, up to so much where they are as long as they may be. */
      least: z.number().int().nonnegative(),
      /** Absent: nothing limits it. */
      most: z.number().int().nonnegative().optional(),
      /** How many steps it is about: those that are known beforehand and ask such a model. */
      steps: z.number().int().nonnegative(),
      /** How many earlier runs tell how long replies get. */
      runs: z.number().int().nonnegative(),
      /** Models of which nobody knows what they cost: their steps are not in it. */
      unpriced: z.array(z.object({ place: z.string(), model: z.string() })),
    }),
  },
  /** The server has read a beginning ahead of the tasks that begin with it: to copy it for branches, or while waiting for a person. */
  'prompt_cache.prepared': {
    version: 1,
    data: z.object({
      purpose: z.enum(['branches', 'ahead']),
      tasks: z.array(z.string()),
      /** `kept`: each task finds it in a slot of its own. */
      copies: z.enum(['kept', 'none']),
      usage: usageSchema,
      /** With several servers: the one that has read it. */
      server: z.string().optional(),
    }),
  },
  /** A person has said what a session is to keep in mind: all of it, in the place of what it was before. */
  'run.pinned': { version: 1, data: z.object({ facts: z.array(z.string()) }) },
  /** A new epoch: from here on the transcript contains these replies as digests. */
  'transcript.cut': {
    version: 1,
    data: z.object({
      epoch: z.number().int(),
      reason: z.string(),
      cuts: z.array(z.object({ task: z.string(), digest: z.string(), charactersBefore: z.number(), charactersAfter: z.number() })),
    }),
  },
  /** A command of the user's own starts on the files of the run. */
  'check.started': { version: 1, data: z.object({ task: taskOfCheck, command: z.string(), timeoutMilliseconds: z.number() }) },
  /** A command of the user's own has run on the files of the run. It does not change how the run ended. */
  'check.finished': {
    version: 1,
    data: checkSchema.extend({ task: taskOfCheck }),
  },
  'run.finished': {
    version: 1,
    data: z.object({
      status: z.enum(['completed', 'failed', 'cancelled']),
      durationMilliseconds: z.number(),
      tasks: tasksSchema,
      error: errorSchema.optional(),
    }),
  },
} as const;
