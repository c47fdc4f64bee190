import { estimateSentences } from '../../orchestrator/results/cost-sentences.ts';
import type { ForeseenRun } from '../../orchestrator/run/foresee-run.ts';
import { aboutTime } from '../../orchestrator/time-left/about-time.ts';

/** What is known beforehand of how long a run takes and of what it costs, one sentence per line; the names of models are not made safe to show. */
export function estimateLines({ time, cost }: ForeseenRun): string[] {
  return [
    ...(time === undefined
      ? []
      : [`Estimated time: ${aboutTime(time.milliseconds)}, by ${time.runs === 1 ? 'an earlier run' : `${time.runs} earlier runs`}.`]),
    ...(cost === undefined ? [] : estimateSentences(cost)),
  ];
}
