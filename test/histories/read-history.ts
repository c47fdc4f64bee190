import { readFileSync } from 'node:fs';
import type { KnownEvent } from '../../src/events/event-registry.ts';
import { decodeEvent, type EventRow } from '../../src/state/store/event-row.ts';

/** The events of a recorded history, checked as the store checks what it reads. */
export function readHistory(path: string): KnownEvent[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { data, ...envelope } = JSON.parse(line) as KnownEvent;
    return decodeEvent({ causation: null, ...envelope, data: JSON.stringify(data) } as EventRow, path);
  });
}
