import type { TaskRecord, UsageRecord } from './run-records.ts';
import { sumUsageRecords } from './sum-usage-records.ts';

/** What all model calls of one task cost, also those whose reply failed. */
export function usageOfTask(task: TaskRecord): UsageRecord {
  return task.activities.reduce<UsageRecord>((sum, { usage }) => sumUsageRecords(sum, usage ?? {}), {});
}
