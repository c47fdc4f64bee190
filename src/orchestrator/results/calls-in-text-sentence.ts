import type { EventData } from '../../events/run-stream-events.ts';

/** That an agent was to call tools natively, and calls them in its text from here on. Not yet safe to print. */
export function callsInTextSentence({ why }: Pick<EventData<'task.calls_in_text'>, 'why'>): string {
  return `calls tools in its text from here on: ${why}`;
}
