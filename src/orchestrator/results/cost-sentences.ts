import type { Cost } from '../../events/cost-of-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { howToPrice } from '../../llm/cost/how-to-price.ts';
import type { CostOfModel, CostOfRun } from '../../state/run/cost-of-run.ts';
import { formatDollars } from '../../utils/format-dollars.ts';

/** What a run has cost, in sentences; the names of models are not made safe to show. @param budget In billionths of a US dollar. */
export function costSentences(cost: CostOfRun, budget: number | undefined): string[] {
  const { models, callsUnpriced } = cost;
  const total = callsUnpriced > 0 ? `At least ${formatDollars(cost.least)}` : amount(cost);
  const priced = models.filter(({ calls, callsUnpriced: unknown }) => unknown < calls);
  return [
    ...(models.length > 1 ? [`${upper(total)} in all.`] : []),
    ...priced.map(modelSentence),
    ...models.flatMap(({ place, model, callsUnpriced: unknown }) =>
      unknown === 0 ? [] : [`What ${counted(unknown)} to ${model} of ${place} cost is not known.`],
    ),
    ...(budget === undefined ? [] : [leftSentence(cost, budget)]),
  ];
}

/** What a cost is, between two ends where it is not certain: `$0.42`, `$0.40 to $0.45`, `at least $0.40`. */
export function amount({ least, most }: Cost): string {
  const [from, to] = [formatDollars(least), most === undefined ? undefined : formatDollars(most)];
  if (to === undefined) return `at least ${from}`;
  return from === to ? from : `${from} to ${to}`;
}

/** What a run will cost, and what is not known of that, when it begins; the names of models are not made safe to show. */
export function estimateSentences({ least, most, steps, runs, unpriced }: EventData<'run.estimated'>): string[] {
  const from = runs === 0 ? 'each of them asked once' : `by ${runs === 1 ? 'an earlier run' : `${runs} earlier runs`}`;
  const range =
    most === undefined
      ? `${formatDollars(rough(least, Math.floor))} or more: nothing limits how long the replies get`
      : `${formatDollars(rough(least, Math.floor))} to ${formatDollars(rough(most, Math.ceil))}`;
  return [
    ...(steps === 0
      ? []
      : [`Estimated cost: ${range}, for ${steps} ${steps === 1 ? 'step' : 'steps'}, ${from}. Corrections and repairs come on top.`]),
    ...unpriced.map(
      ({ place, model }) => `What ${model} of ${place} costs is not known, so that the cost will be "at least". ${howToPrice}`,
    ),
  ];
}

/** To two digits: nobody knows more of what has not happened. */
function rough(billionths: number, round: (value: number) => number): number {
  if (billionths === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(billionths)) - 1);
  return round(billionths / unit) * unit;
}

function modelSentence(cost: CostOfModel): string {
  const { place, model, calls, callsUnpriced } = cost;
  return `${upper(amount(cost))} for ${model} of ${place}, in ${counted(calls - callsUnpriced)}.`;
}

function leftSentence({ least, most = least }: Cost, budget: number): string {
  return `${formatDollars(Math.max(0, budget - most))} of the budget of ${formatDollars(budget)} is left.`;
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function counted(calls: number): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}
