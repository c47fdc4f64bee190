import { z } from 'zod';
import { readDuration } from '../utils/duration.ts';

/** A year, in seconds. */
const longest = 366 * 86_400;

/** How long something of a step may take: a number of seconds, or a number with its unit. */
export const stepTime = z.union([z.number(), z.string()]).refine((value) => secondsOf(value) !== undefined, {
  error: 'expected seconds (90) or a time such as 30s, 10m, 2h or 3d, a year at most',
});

/** In seconds; undefined for what is no such time. */
export function secondsOf(value: number | string): number | undefined {
  const seconds = (readDuration(value) ?? 0) / 1000;
  return seconds > 0 && seconds <= longest ? seconds : undefined;
}
