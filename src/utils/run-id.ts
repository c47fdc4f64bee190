import { randomInt } from 'node:crypto';

/** Lower case and without look-alikes (0/o, 1/l/i), because people read ids aloud and some file systems ignore case. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** Whether a text is an id as `createRunId` makes them, and so may be part of a path. */
export function isRunId(text: string): boolean {
  return /^\d{8}-\d{9}-[0-9a-z]{4}$/.test(text);
}

/**
 * A run's id, such as `20261121-093015042-k3f9`: UTC date and time to the millisecond, so ids sort by time, and four random characters.
 * @example
 * console.log(/^[0-9]{8}-[0-9]{9}-[0-9a-z]{4}$/.test(createRunId(Date.now()))); // true
 */
export function createRunId(now: number): string {
  const digits = new Date(now).toISOString().replaceAll(/\D/g, '');
  const tail = Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${tail}`;
}

/** The task that an activity belongs to, by its id `<task>/<n>`. */
export function taskOfActivity(activity: string): string {
  return activity.slice(0, activity.lastIndexOf('/'));
}
