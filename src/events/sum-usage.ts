import type { Usage } from './usage.ts';

const counts = [
  'promptTokens',
  'cachedTokens',
  'readTokens',
  'cacheWriteTokens',
  'replyTokens',
  'reasoningTokens',
  'promptMilliseconds',
  'replyMilliseconds',
  'firstTokenMilliseconds',
] as const;

/** The sum of two usages. A count that neither side has stays absent; one that only one side has is taken as it is. */
export function sumUsage(a: Usage, b: Usage): Usage {
  const sum: Usage = {};
  for (const count of counts) {
    if (a[count] !== undefined || b[count] !== undefined) sum[count] = (a[count] ?? 0) + (b[count] ?? 0);
  }
  return sum;
}
