import type { Usage } from '../events/usage.ts';
import type { RunState } from './run-records.ts';
import { sumUsage } from '../events/sum-usage.ts';

/** What all model calls of a run cost, also those whose reply failed or is not whole yet. */
export function usageOfRun(state: RunState): Usage {
  let sum: Usage = {};
  for (const { usage } of state.activities.values()) sum = sumUsage(sum, usage ?? {});
  return sum;
}
