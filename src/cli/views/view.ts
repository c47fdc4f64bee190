import type { KnownEvent } from '../../events/event-registry.ts';

/** What a person or a program sees of a run while it runs. Views read events and nothing else. */
export interface View {
  event(event: KnownEvent): void;
}
