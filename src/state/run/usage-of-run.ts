import type { Usage } from '../../events/usage.ts';
import type { RunState } from './run-records.ts';
import { sumUsage } from '../../events/sum-usage.ts';

/** What all model calls of a run cost, also those whose reply failed or is not whole yet, and what was read before them. */
export function usageOfRun(state: RunState): Usage {
  // The prompt belongs to the calls: here only what was read of it, and how long that took.
  const { readTokens, promptMilliseconds } = state.prepared.usage;
  let sum: Usage = sumUsage({}, { readTokens, promptMilliseconds });
  for (const { usage } of state.activities.values()) sum = sumUsage(sum, usage ?? {});
  return sum;
}
