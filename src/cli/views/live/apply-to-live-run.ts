import type { JournalEvent } from '../../../events/run-stream-events.ts';
import { unknownEventType } from '../../../events/unknown-event.ts';
import { unknownEventSentence } from '../event-sentences.ts';
import { liveCallEvents } from './live-call-events.ts';
import { liveFileEvents } from './live-file-events.ts';
import { liveRunEvents } from './live-run-events.ts';
import { liveTaskEvents } from './live-task-events.ts';
import type { LiveHandlers, LiveRun } from './live-run.ts';

/** Brings a run up to date with its next event. */
export function applyToLiveRun(run: LiveRun, event: JournalEvent): void {
  if (event.type === unknownEventType) run.notes.push(unknownEventSentence(event));
  ((handlers as Record<string, unknown>)[event.type] as ((run: LiveRun, event: JournalEvent) => void) | undefined)?.(run, event);
}

const handlers: LiveHandlers = { ...liveRunEvents, ...liveTaskEvents, ...liveCallEvents, ...liveFileEvents };
