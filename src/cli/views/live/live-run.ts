import type { EventOf, EventType } from '../../../events/run-stream-events.ts';
import type { Cost } from '../../../events/cost-of-call.ts';
import type { Usage } from '../../../events/usage.ts';
import { MoneyMeter } from '../money-meter.ts';
import type { SimilarRun } from '../../../orchestrator/time-left/earlier-times.ts';
import type { EarlierTime } from '../../../orchestrator/time-left/time-left.ts';
import type { LiveChecks } from './live-checks.ts';

export type LiveProgress =
  /** `no_model`: the task asks no model. */
  | { kind: 'none' }
  | { kind: 'no_model' }
  /** A team elsewhere does it; in its words. */
  | { kind: 'remote'; text: string }
  | { kind: 'reading'; processed: number; total: number; cached: number }
  | { kind: 'thinking' | 'writing'; tokens: number; milliseconds: number };

export interface LiveNote {
  kind: 'file' | 'wait' | 'warning' | 'failure';
  text: string;
}

export interface LiveTask {
  id: string;
  number: number;
  role: string;
  dependencies: readonly string[];
  /** The task that it joined the run for. */
  parent: string | undefined;
  state: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  attempt: number;
  /** Another run has done the task: its events here did not happen now. */
  takenOver: boolean;
  /** When the first attempt started. */
  startedAt: number | undefined;
  endedAt: number | undefined;
  /** Only while waiting; absent: it waits until something wakes it. */
  wakesAt: number | undefined;
  /** What it waits for, while it does. `person`: at most until `wakesAt`. */
  waitsFor: 'next_attempt' | 'person' | 'other';
  progress: LiveProgress;
  /** The end of its newest reply, which may still be written, and the activity that it is of. */
  said: Said;
  /** The server of its newest call, if there are several. */
  server?: string | undefined;
  notes: LiveNote[];
  files: Set<string>;
  /** It has created or changed a file since it was last requested. */
  changedFiles: boolean;
  usage: Usage;
  /** What its calls have cost; undefined: no model that somebody is paid for was asked. */
  cost: Cost | undefined;
}

/** `begins`: whether the beginning of the reply is in the text, or so much was said that it was let go. */
export interface Said {
  activity: string;
  text: string;
  begins: 'here' | 'before';
}

/** What the live view knows about a run. Texts are unchanged; they must be made printable before they are shown. */
export interface LiveRun extends LiveChecks {
  title: string[];
  /** Tasks of another run that this one builds on. */
  inherited: ReadonlySet<string>;
  tasks: Map<string, LiveTask>;
  /** What its start waits for. */
  waitsFor: string | undefined;
  money: MoneyMeter;
  state: 'preparing' | 'running' | 'finished';
  /** Its id, once it has one. */
  id: string | undefined;
  /** That somebody has it pause, for people. */
  held: string | undefined;
  /** What its time is compared by, once it has begun. */
  similar: SimilarRun | undefined;
  /** What its steps took in earlier runs, as soon as that is known. */
  earlier: readonly EarlierTime[];
  /** How many steps are done at once. */
  atOnce: number;
}

export function newLiveRun(): LiveRun {
  return {
    title: [],
    inherited: new Set(),
    tasks: new Map(),
    notes: [],
    checks: [],
    waitsFor: undefined,
    money: new MoneyMeter(),
    state: 'preparing',
    id: undefined,
    held: undefined,
    similar: undefined,
    earlier: [],
    atOnce: 1,
  };
}

/** Characters of a reply that are kept: those of most are. */
const mostSaid = 100_000;

/** The reply of an activity goes on with a text. */
export function saidWith({ said }: LiveTask, activity: string, text: string): Said {
  if (said.activity !== activity) return saidEnd(activity, text);
  const { text: kept, begins } = saidEnd(activity, `${said.text}${text}`);
  return { activity, text: kept, begins: said.begins === 'before' ? 'before' : begins };
}

/** As much of the end of a reply as is kept. */
export function saidEnd(activity: string, text: string): Said {
  return { activity, text: text.slice(-mostSaid), begins: text.length > mostSaid ? 'before' : 'here' };
}

/** What changes with an event, by its type. */
export type LiveHandlers = { [Type in EventType]?: (run: LiveRun, event: EventOf<Type>) => void };

/** Changes what is known about a task, if there is one of this id. */
export function changeTask(run: LiveRun, id: string, apply: (task: LiveTask) => unknown): void {
  const task = run.tasks.get(id);
  if (task !== undefined) apply(task);
}

/** It has ended so. */
export function endTask(run: LiveRun, id: string, state: LiveTask['state'], time: number): void {
  changeTask(run, id, (task) => {
    task.state = state;
    task.endedAt = time;
    task.progress = noProgress(task);
  });
}

/** A task that asks no model never does. */
export function noProgress({ progress }: LiveTask): LiveProgress {
  return progress.kind === 'no_model' ? progress : { kind: 'none' };
}
