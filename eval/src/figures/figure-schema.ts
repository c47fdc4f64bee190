import { z } from 'zod';
import type { Result } from '../results/result-schema.ts';

const count = z.number().nonnegative().nullable();

/** What is kept in the repository of one attempt. */
const figureSchema = z.object({
  subject: z.string(),
  task: z.string(),
  family: z.string(),
  level: z.string(),
  split: z.string(),
  repeat: z.number().int().positive(),
  seed: z.number().int(),
  status: z.string(),
  /** Null where the check was skipped. */
  passed: z.number().int().nullable(),
  total: z.number().int().nullable(),
  read: count,
  cached: count,
  written: count,
  ideal: count,
  seconds: z.number(),
  violations: z.array(z.string()),
  program: z.string(),
});

export type Figure = z.infer<typeof figureSchema>;

/** `eval/figures/<model>.json`. */
export const figuresSchema = z.object({ model: z.string(), figures: z.array(figureSchema) });

export type Figures = z.infer<typeof figuresSchema>;

export function figureOf(result: Result): Figure {
  const { subject, task, family, level, split, repeat, seed, status, check, tokens, seconds, violations, program } = result;
  const scored = check.kind === 'scored' ? check : { passed: null, total: null };
  const kinds = violations.map(({ kind }) => kind);
  const { passed, total } = scored;
  return { subject, task, family, level, split, repeat, seed, status, passed, total, ...tokens, seconds, violations: kinds, program };
}
