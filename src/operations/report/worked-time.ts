import type { JournalEvent } from '../../events/run-stream-events.ts';

/** Part of the time of a step. `from` and `to` are seconds since the run began, without the time in which it stood still. */
export interface StepSpan {
  kind: 'work' | 'wait';
  from: number;
  to: number;
  /** What it waited for; of work empty. */
  why: string;
}

/** A time in which nobody worked on the run: it would come at `at`, as in `StepSpan`. */
export interface Pause {
  at: number;
  seconds: number;
}

interface OpenSpan {
  kind: StepSpan['kind'];
  from: number;
  why: string;
}

/** When each step of a run worked and waited, from its events in order. */
export class WorkedTime {
  readonly #open = new Map<string, OpenSpan>();
  readonly #spans = new Map<string, StepSpan[]>();
  readonly pauses: Pause[] = [];
  #start: number | undefined;
  #paused = 0;
  /** The time of the last event while somebody worked on it. */
  #until = 0;
  #isRunning = true;

  see(event: JournalEvent): void {
    this.#start ??= event.time;
    if (event.type === 'run.resumed' || (!this.#isRunning && (event.type === 'task.added' || event.type === 'task.started')))
      this.#goOn(event.time);
    if (this.#isRunning) this.#until = Math.max(this.#until, event.time);
    switch (event.type) {
      case 'task.started':
        this.#begin(event.data.task, { kind: 'work', why: '' });
        break;
      case 'task.waiting':
        this.#begin(event.data.task, { kind: 'wait', why: whyOf(event.data) });
        break;
      case 'task.woken':
      case 'task.completed':
      case 'task.failed':
      case 'task.skipped':
      case 'task.cancelled':
      case 'task.reopened':
        this.#end(event.data.task);
        break;
      case 'run.interrupted':
      case 'run.waiting':
      case 'run.finished':
        this.#isRunning = false;
        break;
      default:
        break;
    }
  }

  /** Seconds since the run began at the latest event, without pauses. */
  get now(): number {
    return Math.max(0, this.#until - (this.#start ?? this.#until) - this.#paused) / 1000;
  }

  /** By task, oldest first; what goes on still is told up to the last event. Nothing may be seen afterwards. */
  finish(): ReadonlyMap<string, StepSpan[]> {
    for (const task of this.#open.keys()) this.#end(task);
    return this.#spans;
  }

  #begin(task: string, what: Omit<OpenSpan, 'from'>): void {
    this.#end(task);
    this.#open.set(task, { ...what, from: this.now });
  }

  #end(task: string): void {
    const open = this.#open.get(task);
    if (open === undefined) return;
    this.#open.delete(task);
    const spans = this.#spans.get(task) ?? [];
    spans.push({ ...open, to: Math.max(open.from, this.now) });
    this.#spans.set(task, spans);
  }

  /** If its owner died nothing recorded that: it stood still since its last event. */
  #goOn(time: number): void {
    const paused = Math.max(0, time - this.#until);
    for (const [task, { kind }] of this.#open) if (kind === 'work') this.#end(task);
    if (paused > 0) this.pauses.push({ at: this.now, seconds: paused / 1000 });
    this.#paused += paused;
    this.#isRunning = true;
    this.#until = Math.max(this.#until, time);
  }
}

function whyOf({ reason, signal, tasks, error }: Extract<JournalEvent, { type: 'task.waiting' }>['data']): string {
  if (error !== undefined) return error.message;
  if (signal !== undefined) return `the signal ${signal}`;
  return tasks === undefined ? reason : 'the steps within it';
}
