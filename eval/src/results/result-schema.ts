import { z } from 'zod';
import { checkOutcomeSchema } from '../scoring/check-outcome.ts';

const count = z.number().nonnegative().nullable();

/** Null: not known, which is not zero. */
const tokensSchema = z.object({ read: count, cached: count, written: count, ideal: count });

export type Tokens = z.infer<typeof tokensSchema>;

/** `answered`: the subject claims nothing, as one prompt does. `waiting`: the run asks a person, and nobody answers here. */
const statusSchema = z.enum(['answered', 'completed', 'waiting', 'failed', 'out-of-time']);

export type SubjectStatus = z.infer<typeof statusSchema>;

const replySchema = z.object({
  /** The task or call that it belongs to. */
  name: z.string(),
  /** Relative to the result's folder. */
  file: z.string(),
  written: count,
  /** How many tokens were planned for it. */
  planned: count,
  /** Why it ended. */
  ended: z.string(),
});

export type ReplyRecord = z.infer<typeof replySchema>;

const violationKinds = ['completed-but-missing', 'completed-but-empty', 'completed-but-broken', 'twice-too-long'] as const;

const violationSchema = z.object({ kind: z.enum(violationKinds), note: z.string() });

export type Violation = z.infer<typeof violationSchema>;

/** `result.json`: one attempt of a subject at a task. Where it stands, the attempt is over. */
export const resultSchema = z.object({
  version: z.literal(1),
  subject: z.string(),
  model: z.string(),
  task: z.string(),
  family: z.string(),
  level: z.string(),
  split: z.string(),
  repeat: z.number().int().positive(),
  seed: z.number().int(),
  status: statusSchema,
  exit_code: z.number().int().nullable(),
  error: z.string().nullable(),
  seconds: z.number(),
  tokens: tokensSchema,
  sampling: z.record(z.string(), z.unknown()),
  replies: z.array(replySchema),
  /** All files that were generated. */
  files: z.array(z.string()),
  violations: z.array(violationSchema),
  check: checkOutcomeSchema,
  /** The commit of the program. */
  program: z.string(),
  began_at: z.string(),
});

export type Result = z.infer<typeof resultSchema>;
