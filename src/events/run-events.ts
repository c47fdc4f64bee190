import { z } from 'zod';
import { usageSchema } from './usage.ts';
import { checkSchema } from './activities/command-activity.ts';
import { errorSchema } from './error-schema.ts';

const inputSchema = z.object({
  requirement: z.string(),
  /** Project files that stand after the requirement in the transcript. */
  files: z.array(z.object({ path: z.string(), content: z.string() })),
});

const modelSchema = z.object({
  name: z.string(),
  address: z.string(),
  engine: z.enum(['server', 'embedded']),
  /** Tokens that one slot holds; absent where the server does not tell. */
  contextTokens: z.number().optional(),
  slots: z.number().optional(),
  /** What the server says of its own version. */
  release: z.string().optional(),
  /** Where there are several: those that the run began with. What stands above is the first one's address, the smallest context and all slots. */
  servers: z.array(z.object({ address: z.string(), contextTokens: z.number().optional(), slots: z.number().optional() })).optional(),
});

const layoutSchema = z.enum(['contract', 'material', 'transcript', 'per_role']);

/** Version 1 knew `transcript` as `shared`, and neither `contract` nor `material`. */
function renameLayout(data: unknown): unknown {
  const transcript = (data as { transcript?: { layout?: unknown } } | null)?.transcript;
  return transcript?.layout === 'shared' ? { ...(data as object), transcript: { ...transcript, layout: 'transcript' } } : data;
}

/** In the events of earlier programs, the task whose command it is; since then that is an activity of the task. */
const taskOfCheck = z.string().optional();

/** How many tasks the run had completed, of how many; absent in the events of earlier programs. */
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
      /** Where there are several: each by its name in the settings. The one above is that of the default, or the first. */
      models: z.record(z.string(), modelSchema).optional(),
      /** Which turns a task sees, decided once. */
      transcript: z.object({ turns: z.enum(['linear', 'graph']), layout: layoutSchema, reason: z.string() }),
      maxParallel: z.number().int(),
      /** Where the derived files go, relative to the workspace where they lie inside it. */
      output: z.string(),
      productVersion: z.string(),
      /** The settings of the start, without secrets: a resumed run goes on with them. */
      settings: z.record(z.string(), z.unknown()).optional(),
      /** The team's system message, byte for byte. */
      preamble: z.string().optional(),
      /** The run whose finished tasks stand at the beginning of this one. */
      inherits: z.object({ run: z.string(), how: z.enum(['rerun', 'refine']), tasks: z.array(z.string()) }).optional(),
    }),
  },
  /** A person or the machine stopped it; nothing is under way any more, and it can go on. */
  'run.interrupted': { version: 1, data: z.object({ reason: z.string(), tasks: tasksSchema }) },
  /** All that is left of it waits, and nobody works on it meanwhile: it goes on when somebody resumes it. */
  'run.waiting': {
    version: 1,
    data: z.object({
      /** The earliest time at which a task of it goes on, milliseconds since 1970; absent: none by itself. */
      until: z.number().optional(),
      /** The names of the signals that would have one go on. */
      signals: z.array(z.string()),
      tasks: tasksSchema,
    }),
  },
  /** It goes on under a new owner. What `overrides` names is used instead of the settings of the start. */
  'run.resumed': {
    version: 1,
    data: z.object({
      how: z.enum(['resume', 'retry']),
      owner: z.object({ host: z.string(), pid: z.number().int() }),
      overrides: z.record(z.string(), z.unknown()),
      /** What it goes on with; absent in the events of earlier programs. */
      model: modelSchema.optional(),
      models: z.record(z.string(), modelSchema).optional(),
    }),
  },
  /** How many tokens each task's reply may have, planned from the context. */
  'run.budgeted': { version: 1, data: z.object({ contextTokens: z.number().optional(), replyCaps: z.record(z.string(), z.number()) }) },
  /** The server has read a beginning before the tasks that begin with it: to copy it for branches, or while a person was asked. */
  'prompt_cache.prepared': {
    version: 1,
    data: z.object({
      purpose: z.enum(['branches', 'ahead']),
      tasks: z.array(z.string()),
      /** `kept`: each of the tasks finds it in a slot of its own. */
      copies: z.enum(['kept', 'none']),
      usage: usageSchema,
      /** Where there are several servers: the one that has read it. */
      server: z.string().optional(),
    }),
  },
  /** A new epoch: from here on these replies stand in the transcript as digests. */
  'transcript.cut': {
    version: 1,
    data: z.object({
      epoch: z.number().int(),
      reason: z.string(),
      cuts: z.array(z.object({ task: z.string(), digest: z.string(), charactersBefore: z.number(), charactersAfter: z.number() })),
    }),
  },
  /** A command of the user's own begins to run on the files of the run. */
  'check.started': { version: 1, data: z.object({ task: taskOfCheck, command: z.string(), timeoutMilliseconds: z.number() }) },
  /** A command of the user's own was run on the files of the run. It changes nothing about how the run ended. */
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
