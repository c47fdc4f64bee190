import type { ParallelSpeed } from '../../llm/slots/measure-parallel.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { estimateParallel, type EstimateParallelOptions } from './estimate-parallel.ts';
import { widestFront } from './widest-front.ts';

export interface ParallelOptions {
  /** As the settings say. */
  wanted: number | 'auto';
  /** Absent where the server does not tell. */
  slots: number | undefined;
  /** How many there are; default: one. */
  servers?: number | undefined;
  /** The size of one request if this many run at once; absent if the server does not say. */
  contextOf: (atOnce: number) => number | undefined;
  steps: Pick<WorkflowStep, 'id' | 'depends_on'>[];
  /** What was found out for `auto`. Absent: nothing was. */
  measured?: (Pick<EstimateParallelOptions, 'copies' | 'sizes'> & { speed: ParallelSpeed }) | undefined;
}

export interface ParallelPlan {
  maxParallel: number;
  turns: 'linear' | 'graph';
  reason: string;
}

/** With less context than this, a workflow would spend it on cutting what it has just written. */
const smallestShare = 8192;

/** Parallel steps are chosen only if they promise to save at least this share of the time: an estimate is not a measurement. */
const leastGain = 0.05;

/** How many steps are considered when estimating how long the workflow takes. */
const mostEstimated = 60;

/**
 * How many tasks run at once, and from that which turns a task sees. More than the server has slots would only wait in its line; more than the
 * workflow has branches never happens. With one at a time each transcript begins with the one before, so every token is read once. Where a person left
 * it open, it is as many as are quickest by what was measured, and one where nothing was.
 */
export function chooseParallel(options: ParallelOptions): ParallelPlan {
  const { wanted, steps, measured, servers = 1 } = options;
  const possible = mostAtOnce(options);
  if (possible === 1) return oneAtATime(whyOne(options));
  if (wanted !== 'auto')
    return atOnce(possible, possible === wanted ? 'that many were asked for' : `${wanted} were asked for, and no more can be`);
  if (measured === undefined) return oneAtATime('it was not measured whether the model server is faster with several tasks at once');

  const first = beginningOf(steps);
  const seconds = Array.from({ length: possible }, (_, index) => estimateParallel({ ...measured, steps: first, atOnce: index + 1 }));
  const best = seconds.indexOf(Math.min(...seconds)) + 1;
  const gain = 1 - (seconds[best - 1] ?? 0) / (seconds[0] ?? 0);
  const { alone, together, atOnce: count } = measured.speed;
  const who = servers === 1 ? 'the model server writes' : `the ${servers} model servers write`;
  const speeds = `${who} ${tokens(alone)} tokens/s alone and ${tokens(together)} with ${count} at once`;
  const copies =
    measured.copies === 'kept' ? `${servers === 1 ? 'copies' : 'copy'} what branches share` : 'would read again what branches share';
  if (best === 1 || gain < leastGain) return oneAtATime(`${speeds}, and ${copies}: that is as quick`);
  return atOnce(best, `${speeds}, and ${copies}: that takes about ${Math.round(gain * 100)} % less time`);
}

/** How many steps could run at once if that were fastest. Measuring pays only if it is more than one. */
export function mostAtOnce({ wanted, slots, contextOf, steps }: Omit<ParallelOptions, 'measured'>): number {
  const width = widestFront(steps);
  const allowed = wanted === 'auto' ? (slots ?? 1) : Math.min(wanted, slots ?? wanted);
  let most = Math.max(1, Math.min(allowed, width));
  while (most > 1 && (contextOf(most) ?? Infinity) < smallestShare) most -= 1;
  return most;
}

/** The beginning of a long workflow stands for the whole: comparing every prompt with every other takes quadratic time. */
function beginningOf(steps: ParallelOptions['steps']): ParallelOptions['steps'] {
  const first = steps.slice(0, mostEstimated);
  const ids = new Set(first.map(({ id }) => id));
  return first.map(({ id, depends_on }) => ({ id, depends_on: depends_on.filter((name) => ids.has(name)) }));
}

/** For models that take turns on one server: at once, they would push each other out. */
export function takingTurns(): ParallelPlan {
  return oneAtATime('its models take turns on one server');
}

function oneAtATime(why: string): ParallelPlan {
  return { maxParallel: 1, turns: 'linear', reason: `${why}, so a task sees everything finished before it` };
}

function atOnce(maxParallel: number, why: string): ParallelPlan {
  return { maxParallel, turns: 'graph', reason: `${why}, so a task sees its ancestors` };
}

function whyOne({ wanted, slots, steps, contextOf }: ParallelOptions): string {
  if (widestFront(steps) === 1) return 'the workflow has no branches';
  if (wanted === 1) return 'one task at a time was asked for';
  if (slots === undefined && wanted === 'auto') return 'the model server does not tell how many requests it answers at once';
  if (slots === 1) return 'the model server answers one request at a time';
  return `the model's context of ${contextOf(1)} tokens is too small to share, because each of several tasks at once needs ${smallestShare}`;
}

function tokens(perSecond: number): string {
  return perSecond >= 100 ? Math.round(perSecond).toString() : perSecond.toFixed(1);
}
