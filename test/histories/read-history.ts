import { readFileSync } from 'node:fs';
import { standardEvents } from '../../src/events/event-registry.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { decodeEvent, type EventRow } from '../../src/state/store/event-row.ts';

/** The events of a recorded history, checked as the store checks what it reads. */
export function readHistory(path: string): JournalEvent[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { data, ...envelope } = JSON.parse(line) as JournalEvent;
    return decodeEvent({ causation: null, ...envelope, data: JSON.stringify(data) } as EventRow, path, standardEvents());
  });
}
