import { usageError } from '../usage-error.ts';

const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };

/** Reads an age such as `30d`. @returns milliseconds. @throws MultiagentError `usage` */
export function readAge(given: string): number {
  const [, count, unit = ''] = /^(\d{1,6})\s*([hdw])$/i.exec(given.trim()) ?? [];
  const milliseconds = units[unit.toLowerCase()];
  if (count !== undefined && milliseconds !== undefined) return Number(count) * milliseconds;
  throw usageError(
    `--older-than takes an age such as 30d, 12h or 4w; it was given "${given}".`,
    'Give a number of hours (h), days (d) or weeks (w).',
  );
}
