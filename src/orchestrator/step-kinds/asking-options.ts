import { z } from 'zod';
import { readDuration } from '../../utils/duration.ts';

/** What a person is asked. */
export const askedTextSchema = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

/** How long a decision is waited for: `3d`, `12h`, `10m`, `30s`, or a number of seconds. */
export const timeoutSchema = z
  .union([z.string(), z.number()])
  .refine((given) => readDuration(given) !== undefined, { error: 'expected a time such as 3d, 12h, 10m or 30s' });

/** When the time for a decision is over, in milliseconds since 1970. Undefined: never. */
export function untilOf(timeout: z.infer<typeof timeoutSchema> | undefined, now: number): number | undefined {
  const milliseconds = timeout === undefined ? undefined : readDuration(timeout);
  return milliseconds === undefined ? undefined : now + milliseconds;
}
