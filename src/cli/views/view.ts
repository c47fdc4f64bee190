import type { JournalEvent } from '../../events/run-stream-events.ts';

/** What a person or a program sees of a run while it runs. Views read events and nothing else. */
export interface View {
  /** The run is being prepared: called once, when nothing will be asked of the person any more. */
  begin?(): void;
  /** What a run that goes on has been through: known from here on, not told again. Comes before any other event. */
  earlier?(event: JournalEvent): void;
  event(event: JournalEvent): void;
  /** Something that is no event, such as that the run is stopping. A view without it leaves that to standard error. */
  say?(text: string): void;
  /** What the beginning of the run waits for, in the place of what was waited for before. A view without it has it said. */
  waitFor?(text: string): void;
  /** Nothing will come any more; what is written next to the terminal stands below. Safe to call twice. */
  end?(): void;
}
