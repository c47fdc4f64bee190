import type { JournalEvent } from '../../events/run-stream-events.ts';

/** The hashes of all contents that an event names. */
export function namedContents(event: Pick<JournalEvent, 'type' | 'data'>): string[] {
  const { type, data } = event as JournalEvent;
  switch (type) {
    case 'artifact.written':
    case 'artifact.refused':
    case 'artifact.restored':
      return [data.sha256];
    case 'artifact.collided':
      return [data.sha256, data.earlier.sha256];
    default:
      return [];
  }
}
