import type { Settings } from '../../config/settings-schema.ts';
import { Spending } from '../../llm/cost/spending.ts';
import { spentBy } from '../../state/run/cost-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { billionthsOf } from '../../utils/format-dollars.ts';

/** What a run may spend, beside what it has spent. Of a call whose end nobody recorded, that is the most that it can have cost. */
export function spendingOf({ budget }: Pick<Settings, 'budget'>, state?: RunState): Spending {
  return new Spending(budget === 'none' ? Infinity : billionthsOf(budget), state === undefined ? 0 : spentBy(state));
}
