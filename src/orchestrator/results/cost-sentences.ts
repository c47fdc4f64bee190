import type { Cost } from '../../events/cost-of-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { howToPrice } from '../../llm/cost/how-to-price.ts';
import { type CostOfModel, costOfRun, leftOf } from '../../state/run/cost-of-run.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { formatDollars } from '../../utils/format-dollars.ts';

/** What a run has cost, in sentences; the names of models are not made safe to show. None for a run that has asked only models that cost nothing. */
export function costSentences(state: Pick<RunState, 'activities' | 'budget'>): string[] {
  const cost = costOfRun(state);
  if (cost === undefined) return [];
  const { models, callsUnpriced } = cost;
  const total = callsUnpriced > 0 ? `At least ${formatDollars(cost.least)}` : amount(cost);
  const priced = models.filter(({ calls, callsUnpriced: unknown }) => unknown < calls);
  return [
    ...(models.length > 1 ? [`${upper(total)} in all.`] : []),
    ...priced.map(modelSentence),
    ...models.flatMap(({ place, model, callsUnpriced: unknown }) =>
      unknown === 0 ? [] : [`What ${counted(unknown)} to ${model} of ${place} cost is not known.`],
    ),
    ...leftSentences(state),
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

function leftSentences(state: Pick<RunState, 'activities' | 'budget'>): string[] {
  const left = leftOf(state);
  return left === undefined ? [] : [`${formatDollars(left)} of the budget of ${formatDollars(state.budget ?? 0)} is left.`];
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function counted(calls: number): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}
