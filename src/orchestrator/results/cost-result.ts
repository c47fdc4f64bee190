import type { Cost } from '../../events/cost-of-call.ts';
import { costOfRun, leftOf } from '../../state/run/cost-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { dollarsOf } from '../../utils/format-dollars.ts';
import { costSentences } from './cost-sentences.ts';

/** What a run has cost, as programs read it, in US dollars. */
export interface CostResult {
  currency: 'USD';
  /** Certain. */
  least: number;
  /** More than `least` where a provider did not tell what it counted; null: nothing limits that. Calls of which nobody knows the price are in neither. */
  most: number | null;
  calls_unpriced: number;
  /** `provider`: its name in the settings. */
  models: { provider: string; model: string; calls: number; calls_unpriced: number; least: number; most: number | null }[];
  /** Null: there is none. */
  budget: number | null;
  /** Of the budget; a call whose cost is uncertain counts as the most that it can have cost. */
  left: number | null;
  /** What was thought when it began, from `runs` earlier runs; `most` null: nothing limited it. Null: nothing was. */
  estimate: { least: number; most: number | null; steps: number; runs: number } | null;
  /** The cost as people are told it. */
  sentences: string[];
}

/** Null for a run that asks only models that cost nothing. */
export function costResult(state: RunState): CostResult | null {
  const { estimate, budget } = state;
  const cost = costOfRun(state);
  if (cost === undefined && estimate === undefined) return null;
  const left = leftOf(state);
  const { models, callsUnpriced, ...total } = cost ?? { models: [], callsUnpriced: 0, least: 0, most: 0 };
  return {
    currency: 'USD',
    ...inDollars(total),
    calls_unpriced: callsUnpriced,
    models: models.map(({ place, model, calls, callsUnpriced: unknown, ...own }) => ({
      provider: place,
      model,
      calls,
      calls_unpriced: unknown,
      ...inDollars(own),
    })),
    budget: budget === undefined ? null : dollarsOf(budget),
    left: left === undefined ? null : dollarsOf(left),
    estimate: estimate === undefined ? null : { ...inDollars(estimate), steps: estimate.steps, runs: estimate.runs },
    sentences: costSentences(state),
  };
}

function inDollars({ least, most }: Cost): { least: number; most: number | null } {
  return { least: dollarsOf(least), most: most === undefined ? null : dollarsOf(most) };
}
