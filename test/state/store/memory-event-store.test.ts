import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { describeEventStore } from './event-store-conformance.ts';

describeEventStore('the store in memory', {
  kind: 'private',
  createJournal: () => ({
    open: (clock) => new MemoryEventStore({ clock }),
    cleanUp: () => undefined,
  }),
});
