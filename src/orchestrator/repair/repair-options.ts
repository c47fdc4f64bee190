import { z } from 'zod';
import type { TestRound } from './next-repair.ts';

const round: z.ZodType<TestRound> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed') }),
  z.object({
    kind: z.literal('failed'),
    in: z.enum(['tests', 'build', 'hang']),
    passed: z.number().int().nonnegative(),
    mark: z.string().max(100),
    examples: z.literal('hold').optional(),
  }),
  z.object({ kind: z.literal('no_failure') }),
]);

/** What a step of the kind `repair` says. */
export const repairOptions = z.object({
  /** Who repairs: the role that wrote what is repaired. */
  role: z.string().min(1).max(64),
  of: z.enum(['programs', 'tests']),
  /** What was run, a sentence. */
  ran: z.string().max(1000),
  /** How it ended, in sentences. */
  outcome: z.string().max(1000),
  /** The first failure, trimmed. */
  failure: z.string().max(4000),
  /** One of the models of the settings: the one that repairs what the team has not managed to. */
  model: z.string().max(200).optional(),
  /** A further attempt: the task whose programs are written anew, from what it was first told. */
  anew: z.string().max(1000).optional(),
  /** What the checks said before. */
  round: round.default({ kind: 'no_failure' }),
  /** The files of that moment: they come back where nothing better follows. */
  files: z.array(z.object({ path: z.string(), sha256: z.string() })).default([]),
  /** Which try of the task it belongs to. */
  since: z.number().int().nonnegative().default(0),
});

export type RepairOptions = z.infer<typeof repairOptions>;
