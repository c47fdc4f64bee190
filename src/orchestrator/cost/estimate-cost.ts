import { type Cost, costOfUsage, mostCost, noCost, sumCost } from '../../events/cost-of-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelPrice } from '../../llm/model-price.ts';
import type { EarlierCost } from './earlier-costs.ts';

/** A step that asks a model, as far as it is known before the run. */
export interface PlannedCall {
  task: string;
  place: string;
  model: string;
  price: ModelPrice;
  /** About how many tokens its prompt has without what earlier steps write. */
  promptTokens: number;
  /** The most that its reply may have. Undefined: nothing limits it. */
  replyCap: number | undefined;
}

/** In tokens: hardly any step writes less. */
const shortReply = 50;
/** The estimate of a prompt is cautious: few have less than half as many tokens. */
const shortPrompt = 0.5;

/**
 * About what a run will cost: each step asks once, from a prompt alone with a short reply to the longest reply with all that was written before; or as in earlier runs, where
 * there were any with the same model.
 * @param steps In the order of the workflow. @returns undefined if none of them asks a model that somebody is paid for.
 */
export function estimateCost(steps: readonly PlannedCall[], earlier: readonly EarlierCost[]): EventData<'run.estimated'> | undefined {
  const unpriced = new Map<string, { place: string; model: string }>();
  const runs = new Set<string>();
  let written: number | undefined = 0;
  let sum: Cost = noCost;
  let count = 0;
  for (const { task, place, model, price, promptTokens, replyCap } of steps) {
    if (price.kind === 'unknown') unpriced.set(JSON.stringify([place, model]), { place, model });
    if (price.kind === 'priced') {
      count += 1;
      const { prices } = price;
      const known = earlier.filter((cost) => cost.task === task && cost.place === place && cost.model === model);
      for (const { run } of known) runs.add(run);
      // All of it may be in the provider's cache.
      const cheapest = { ...prices, input: Math.min(prices.input, prices.cachedInput) };
      const short = { promptTokens: Math.floor(promptTokens * shortPrompt), replyTokens: Math.min(shortReply, replyCap ?? shortReply) };
      const least = costOfUsage(short, cheapest);
      const most =
        replyCap === undefined || written === undefined
          ? undefined
          : mostCost({ prices, promptTokens: promptTokens + written, replyTokens: replyCap });
      sum = sumCost(sum, known.length === 0 ? { least, most: most === undefined ? undefined : Math.max(least, most) } : rangeOf(known));
    }
    written = written === undefined || replyCap === undefined ? undefined : written + replyCap;
  }
  if (count === 0 && unpriced.size === 0) return undefined;
  return {
    least: sum.least,
    ...(sum.most === undefined ? {} : { most: sum.most }),
    steps: count,
    runs: runs.size,
    unpriced: [...unpriced.values()],
  };
}

/** A step that was done before may cost half as much or twice as much for another requirement, or with another share of its prompt in the provider's cache. */
const spread = 2;

/** From the cheapest to the dearest, and somewhat beyond. What was not certain then counts as the most that it can have been. */
function rangeOf(costs: readonly Cost[]): Cost {
  return {
    least: Math.floor(Math.min(...costs.map(({ least }) => least)) / spread),
    most: Math.max(...costs.map(({ least, most = least }) => most)) * spread,
  };
}
