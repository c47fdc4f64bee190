import type { Usage } from '../../events/usage.ts';
import type { TaskRecord } from './run-records.ts';
import { sumUsage } from '../../events/sum-usage.ts';

/** What all model calls of one task cost, also those whose reply failed. */
export function usageOfTask(task: TaskRecord): Usage {
  return task.activities.reduce<Usage>((sum, { usage }) => sumUsage(sum, usage ?? {}), {});
}
