/** How long a step took in an earlier run, without the time in which nobody worked on that run. */
export interface EarlierTime {
  task: string;
  milliseconds: number;
}

/** A step as far as the time of a run is about it. Steps within another one belong to that one. */
export interface TimedStep {
  task: string;
  dependencies: readonly string[];
  /** `none`: it asks no model itself, so that nothing is known of its time before a run has told it. */
  place: 'model' | 'none';
  /** `ended`: nothing is left of it, and its time says nothing about others. */
  progress: { state: 'to_come' | 'ended' } | { state: 'under_way' | 'done'; milliseconds: number };
}

export interface TimeLeftOptions {
  steps: readonly TimedStep[];
  /** Of earlier runs of the workflow with the same models, in any order. */
  earlier: readonly EarlierTime[];
  /** How many steps are done at once, at least 1. */
  atOnce: number;
}

/** One reply alone says too little: the first of a run also reads what all begin with. */
const enoughDone = 2;
/** What takes longer than it did takes longer still: by this part of what it took so far. */
const overdue = 0.1;

/**
 * About how many milliseconds a run still takes: each step as long as in earlier runs, times how much slower this run was with what it has done; a step of which no run
 * tells as long as those of this run on average. Undefined where too little is known, or nothing is left that takes time.
 */
export function timeLeft({ steps, earlier, atOnce }: TimeLeftOptions): number | undefined {
  const usual = new Map(
    [...Map.groupBy(earlier, ({ task }) => task)].map(([task, times]) => [task, median(times.map(({ milliseconds }) => milliseconds))]),
  );
  const open = steps.filter(({ progress }) => progress.state === 'to_come' || progress.state === 'under_way');
  const pace = paceOf(steps, usual);
  const other = otherStep(steps, usual, pace);
  const left = new Map<string, number>();
  for (const { task, place, progress } of open) {
    const known = usual.get(task);
    const whole = known === undefined ? (place === 'none' ? 0 : other) : known * pace;
    if (whole === undefined) return undefined;
    left.set(task, progress.state === 'under_way' ? leftOf(whole, progress.milliseconds) : whole);
  }
  const work = [...left.values()].reduce((sum, milliseconds) => sum + milliseconds, 0);
  const all = Math.max(work / Math.max(1, atOnce), longestPath(open, left));
  return all > 0 ? all : undefined;
}

function leftOf(whole: number, worked: number): number {
  return whole === 0 ? 0 : Math.max(whole - worked, worked * overdue);
}

/** How much longer this run took for what it has done than earlier ones. A step that is as long as usual is added to both, so that a short one alone decides little. */
function paceOf(steps: readonly TimedStep[], usual: ReadonlyMap<string, number>): number {
  const known = doneSteps(steps).flatMap(({ task, milliseconds }) => {
    const before = usual.get(task);
    return before === undefined ? [] : [{ before, milliseconds }];
  });
  const typical = median([...usual.values()]);
  const before = known.reduce((sum, step) => sum + step.before, typical);
  return before === 0 ? 1 : known.reduce((sum, step) => sum + step.milliseconds, typical) / before;
}

/** How long a step takes of which no earlier run tells. */
function otherStep(steps: readonly TimedStep[], usual: ReadonlyMap<string, number>, pace: number): number | undefined {
  const done = doneSteps(steps).map(({ milliseconds }) => milliseconds);
  if (done.length >= enoughDone) return mean(done);
  const times = [...usual.values()].filter((milliseconds) => milliseconds > 0);
  return times.length === 0 ? undefined : mean(times) * pace;
}

function doneSteps(steps: readonly TimedStep[]): { task: string; milliseconds: number }[] {
  return steps.flatMap(({ task, place, progress }) =>
    place === 'model' && progress.state === 'done' ? [{ task, milliseconds: progress.milliseconds }] : [],
  );
}

/** However many are done at once, what rests on another step waits for it. Steps that rest on each other in a circle do not: no run has any. */
function longestPath(open: readonly TimedStep[], left: ReadonlyMap<string, number>): number {
  const byTask = new Map(open.map((step) => [step.task, step]));
  const known = new Map<string, number>();
  const pathTo = (step: TimedStep): number => {
    const found = known.get(step.task);
    if (found !== undefined) return found;
    known.set(step.task, 0);
    const before = step.dependencies.map((task) => byTask.get(task)).map((needed) => (needed === undefined ? 0 : pathTo(needed)));
    const path = (left.get(step.task) ?? 0) + Math.max(0, ...before);
    known.set(step.task, path);
    return path;
  };
  return Math.max(0, ...open.map(pathTo));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of none 0. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[Math.max(0, middle - 1)], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
