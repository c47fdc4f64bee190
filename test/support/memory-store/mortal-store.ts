import type { EventStore } from '../../../src/state/store/event-store.ts';
import type { MemoryEventStore } from './memory-event-store.ts';

/** Dies at the append of this number: it and whatever comes after it is never written. `count`: how often somebody has appended. */
export function mortalStore(store: MemoryEventStore, append: number): { store: EventStore; count: () => number } {
  let count = 0;
  const dying = new Proxy(store, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== 'append') return value.bind(target) as unknown;
      return async (...given: Parameters<EventStore['append']>) => {
        count += 1;
        if (count >= append) throw new Error('killed');
        return target.append(...given);
      };
    },
  });
  return { store: dying, count: () => count };
}
