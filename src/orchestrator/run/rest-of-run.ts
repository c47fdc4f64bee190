import { runStream } from '../../events/run-stream.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { nameOfSignal, wakeSignal } from '../scheduling/waiting-signals.ts';
import { waitsByItself, waitsForBudget } from '../scheduling/waits-by-itself.ts';

/** What a run waits for when nothing else is left to do. */
export interface RunRest {
  /** The earliest time at which one of its tasks continues; milliseconds since 1970. */
  until?: number | undefined;
  /** The names of the signals that would wake one. */
  signals: string[];
}

/** For a shorter time than this, in milliseconds, it is better to wait than to tell a person or program to come back. */
const soon = 60_000;

/** Undefined if something can be done now or soon, so that the owner of the run stays with it. */
export function restOfRun({ tasks }: Pick<RunState, 'tasks'>, now: number): RunRest | undefined {
  const open = [...tasks.values()].filter(({ status }) => status === 'pending' || status === 'running' || status === 'waiting');
  const isOpen = new Set(open.map(({ task }) => task));
  const mayGoOn = open.some((task) => {
    if (task.status === 'pending') return task.dependencies.every((name) => !isOpen.has(name));
    return task.status === 'running' || !(waitsByItself(task) || waitsForBudget(task));
  });
  const waits = open.flatMap(({ waiting }) => (waiting === undefined || waiting.tasks !== undefined ? [] : [waiting]));
  if (mayGoOn || waits.length === 0) return undefined;
  const times = waits.flatMap(({ until }) => until ?? []);
  const until = times.length === 0 ? undefined : Math.min(...times);
  if (until !== undefined && until - now <= soon) return undefined;
  return { until, signals: [...new Set(waits.flatMap(({ signal }) => signal ?? []))] };
}

/** Whether everything that a run waits for is a larger budget: then nothing that happens while somebody stays with it helps. */
export function restsForBudget({ tasks }: Pick<RunState, 'tasks'>): boolean {
  const waiting = [...tasks.values()].filter(({ status, waiting: wait }) => status === 'waiting' && wait?.tasks === undefined);
  return waiting.length > 0 && waiting.every(waitsForBudget);
}

/**
 * Whether a waiting run would only wait again: its time has not come, and no signal that it waits for has been sent since. Whether a budget is enough now is found out by
 * going on.
 */
export async function stillRests(store: EventStore, state: RunState, now: number): Promise<boolean> {
  const rest = state.status === 'waiting' ? restOfRun(state, now) : undefined;
  if (rest === undefined || [...state.tasks.values()].some(waitsForBudget)) return false;
  const stream = runStream(state.run);
  const last = await store.lastSignal(stream);
  if (last === 0) return true;
  for await (const sent of store.subscribeSignals(stream, { signal: new AbortController().signal })) {
    const isWanted = sent.type === wakeSignal && rest.signals.includes(nameOfSignal(sent) ?? '');
    if (isWanted && !state.takenSignals.has(sent.number)) return false;
    if (sent.number >= last) break;
  }
  return true;
}
