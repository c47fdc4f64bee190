import { createHash } from 'node:crypto';

/** Changes from one run of the same tests to the next without being another failure. */
const passing: readonly [RegExp, string][] = [
  [/0x[0-9a-f]{1,16}/gi, '0x'],
  [/\bline \d{1,9}\b/gi, 'line'],
  [/:\d{1,9}(?::\d{1,9})?\b/g, ':'],
  [/\b\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|seconds?|milliseconds?)\b/gi, 'time'],
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/g, 'time'],
];

/** Equal for the same failure of the same tests, also where lines have moved and it took another time. */
export function failureMark(failure: string): string {
  const normal = passing.reduce((text, [pattern, word]) => text.replace(pattern, word), failure).replace(/\s{1,1000}/g, ' ');
  return createHash('sha256').update(normal.trim()).digest('hex');
}
