import type { KnownEvent } from '../../events/event-registry.ts';

/** The hashes of all contents that an event names. */
export function namedContents(event: Pick<KnownEvent, 'type' | 'data'>): string[] {
  const { type, data } = event as KnownEvent;
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
