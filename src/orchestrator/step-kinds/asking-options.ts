import { z } from 'zod';
import type { TaskRecord } from '../../state/run/run-state.ts';

/** What a person is asked. */
export const askedTextSchema = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

/** When the time for a decision is over, by the `timeout` of the step, in milliseconds since 1970. Undefined: never. */
export function untilOf({ timeoutSeconds }: Pick<TaskRecord, 'timeoutSeconds'>, now: number): number | undefined {
  return timeoutSeconds === undefined ? undefined : now + timeoutSeconds * 1000;
}
