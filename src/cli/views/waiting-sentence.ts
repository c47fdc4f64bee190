import type { EventData } from '../../events/run-stream-events.ts';

/** What a task waits for; without the time. */
export function waitingSentence({ reason, signal, tasks, error }: Omit<EventData<'task.waiting'>, 'task'>): string {
  if (error !== undefined) return error.message;
  if (signal !== undefined) return `waits for the signal "${signal}"`;
  if (tasks !== undefined) return `waits for its ${tasks.length === 1 ? 'step' : `${tasks.length} steps`}`;
  return reason === 'time' ? 'waits' : reason;
}
