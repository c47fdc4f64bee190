import type { Usage } from './usage.ts';

const counts = [
  'promptTokens',
  'cachedTokens',
  'readTokens',
  'replyTokens',
  'reasoningTokens',
  'promptMilliseconds',
  'replyMilliseconds',
  'firstTokenMilliseconds',
] as const;

/** A count that neither side tells stays absent; one that only one side tells is taken as far as it is known. */
export function sumUsage(a: Usage, b: Usage): Usage {
  const sum: Usage = {};
  for (const count of counts) {
    if (a[count] !== undefined || b[count] !== undefined) sum[count] = (a[count] ?? 0) + (b[count] ?? 0);
  }
  return sum;
}
