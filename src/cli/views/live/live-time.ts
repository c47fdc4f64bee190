import { timeLeft, type TimedStep } from '../../../orchestrator/time-left/time-left.ts';
import type { LiveRun, LiveTask } from './live-run.ts';

/** About how many milliseconds the run still takes. Undefined where that is not known, or where it pauses. */
export function liveTimeLeft(run: LiveRun, now: number): number | undefined {
  if (run.state !== 'running' || run.held !== undefined) return undefined;
  // Steps within another one are in its time.
  const steps = [...run.tasks.values()].filter(({ parent }) => parent === undefined).map((task) => timedStep(task, now));
  return timeLeft({ steps, earlier: run.earlier, atOnce: run.atOnce });
}

function timedStep(task: LiveTask, now: number): TimedStep {
  const { id, dependencies, progress } = task;
  return { task: id, dependencies, place: progress.kind === 'no_model' ? 'none' : 'model', progress: progressOf(task, now) };
}

function progressOf({ state, takenOver, startedAt, endedAt, waitsFor }: LiveTask, now: number): TimedStep['progress'] {
  // How long a person takes says nothing about others.
  if (takenOver || waitsFor === 'person') return { state: 'ended' };
  switch (state) {
    case 'completed':
      return startedAt === undefined || endedAt === undefined
        ? { state: 'ended' }
        : { state: 'done', milliseconds: Math.max(0, endedAt - startedAt) };
    case 'pending':
    case 'running':
    case 'waiting':
      return startedAt === undefined ? { state: 'to_come' } : { state: 'under_way', milliseconds: Math.max(0, now - startedAt) };
    default:
      return { state: 'ended' };
  }
}
