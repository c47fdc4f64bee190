import type { RunState, UsageRecord } from './run-records.ts';
import { sumUsageRecords } from './sum-usage-records.ts';

/** What all model calls of a run cost, also those whose reply failed or is not whole yet. */
export function usageOfRun(state: RunState): UsageRecord {
  let sum: UsageRecord = {};
  for (const { usage } of state.activities.values()) sum = sumUsageRecords(sum, usage ?? {});
  return sum;
}
