import { readFile } from 'node:fs/promises';
import type { EventData, EventType, JournalEvent } from '../../../src/events/run-stream-events.ts';

/** The events of a run, as `--json` prints them; a last line without an end is left out, because its program was killed. */
export async function readEvents(file: string): Promise<JournalEvent[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalEvent];
    } catch {
      return [];
    }
  });
}

/** The data of all events of a type, in order. */
export function eventsOf<Type extends EventType>(events: readonly JournalEvent[], type: Type): EventData<Type>[] {
  return events.filter((event) => event.type === type).map(({ data }) => data as EventData<Type>);
}
