import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { newEvent, runStarted } from '../store/sample-events.ts';
import { numbered } from './random-history.ts';

/** The state after these events, which are in order and numbered. */
export function fold(events: JournalEvent[]): RunState {
  let state: RunState | undefined;
  for (const event of events) state = applyEvent(state, event);
  if (state === undefined) throw new Error('a history has a first event');
  return state;
}

/** The state of a run that has begun at 1,000, after these events. */
export const after = (...events: NewEvent[]): RunState => fold(numbered([runStarted(), ...events]));

export const started = (task: string, attempt = 1, time = 1_000) => newEvent('task.started', { task, attempt, agent: 'dev_001' }, time);
