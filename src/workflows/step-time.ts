import { z } from 'zod';

/** In seconds. */
const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 7 * 86_400 };

/** A year, in seconds. */
const longest = 366 * 86_400;

/** How long something of a step may take: a number of seconds, or a number with its unit. */
export const stepTime = z.union([z.number(), z.string()]).refine((value) => secondsOf(value) !== undefined, {
  error: 'expected seconds (90) or a time such as 30s, 10m, 2h or 3d, a year at most',
});

/** In seconds; undefined for what is no such time. */
export function secondsOf(value: number | string): number | undefined {
  const seconds = typeof value === 'number' ? value : readTime(value);
  return seconds > 0 && seconds <= longest ? seconds : undefined;
}

function readTime(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})[ \t]{0,3}([smhdw])$/i.exec(text.trim()) ?? [];
  return Number(count ?? 0) * (units[unit.toLowerCase()] ?? 0);
}
