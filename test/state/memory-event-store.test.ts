import { MemoryEventStore } from '../../src/state/memory-event-store.ts';
import { describeEventStore } from './event-store-conformance.ts';

describeEventStore('the store in memory', {
  kind: 'private',
  createJournal: () => ({
    open: (clock) => new MemoryEventStore({ clock }),
    cleanUp: () => undefined,
  }),
});
