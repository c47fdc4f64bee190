import type { SimilarRun } from '../../orchestrator/time-left/earlier-times.ts';
import type { EarlierTime } from '../../orchestrator/time-left/time-left.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';

/** What a person at a view can do with the run that it shows. */
export interface Steering {
  /** Has it pause between steps. */
  pause(run: string): Promise<unknown>;
  /** Asks what to tell the team, and tells it. Aborted: something else is asked. */
  say(run: string, signal: AbortSignal): Promise<unknown>;
}

/** What the steps took in earlier runs that are like this one. */
export type EarlierLookUp = (run: SimilarRun) => Promise<EarlierTime[]>;

/** What a person or a program sees of a run while it runs. Views read only events. */
export interface View {
  /** The run is being prepared. Called once, when no more questions will be asked. */
  begin?(): void;
  /** An earlier event of a run that continues: it is taken into account but not shown again. Comes before any other event. */
  earlier?(event: JournalEvent): void;
  event(event: JournalEvent): void;
  /** Shows something that is not an event, such as that the run is stopping. Without this method it goes to standard error. */
  say?(text: string): void;
  /** Shows what the start of the run waits for, instead of what it waited for before. Without this method `say` is used. */
  waitFor?(text: string): void;
  /** A person is there who can steer the run, with keys. Called before `begin`. */
  steer?(steering: Steering): void;
  /** What earlier runs took can be looked up. Called before `begin`. */
  learnFrom?(lookUp: EarlierLookUp): void;
  /** A person is asked something in the same terminal: nothing is shown until `release`. */
  hold?(): void;
  /** What has happened meanwhile is shown. */
  release?(): void;
  /** Nothing more will be shown; later output to the terminal appears below. Safe to call twice. */
  end?(): void;
}
