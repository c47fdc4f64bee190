import type { UsageRecord } from './run-records.ts';

const counts = ['promptTokens', 'cachedTokens', 'readTokens', 'replyTokens', 'promptMilliseconds', 'replyMilliseconds'] as const;

/** A count that neither side tells stays absent; one that only one side tells is taken as far as it is known. */
export function sumUsageRecords(a: UsageRecord, b: UsageRecord): UsageRecord {
  const sum: UsageRecord = {};
  for (const count of counts) {
    if (a[count] !== undefined || b[count] !== undefined) sum[count] = (a[count] ?? 0) + (b[count] ?? 0);
  }
  return sum;
}
