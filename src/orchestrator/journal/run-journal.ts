import { runStream } from '../../events/run-stream.ts';
import type { ProgramEventType } from '../../events/program-event.ts';
import type { EventData, EventType, JournalEvent } from '../../events/run-stream-events.ts';
import type { Durability, EventStore, Lease, NewEvent } from '../../state/store/event-store.ts';
import { applyEvent, type RunState } from '../../state/run/run-state.ts';
import type { Clock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { Causes } from './causes.ts';

/** An event as the parts of a run report it; the journal adds who, when and where. */
export type Report =
  | { [Type in EventType]: { type: Type; data: EventData<Type> } }[EventType]
  | { type: ProgramEventType; data: Record<string, unknown> };

/**
 * Receives an event once it is in the journal. It must be quick and must not throw.
 * @example
 * const onEvent: EventListener = (event) => {
 *   if (event.type === 'artifact.written') console.log(event.data.path);
 * };
 * const team = new AgentOrchestrator({ workspace: folder, onEvent });
 * await team.close();
 */
export type EventListener = (event: JournalEvent) => void;

export interface RunJournalOptions {
  store: EventStore;
  run: string;
  clock: Clock;
  /** The claim to the run's stream, as it was last renewed. */
  lease?: (() => Lease) | undefined;
  /** For a run that continues: everything that its events say so far. */
  state?: RunState | undefined;
  /** Called for each event once it is in the store. An error it throws is a defect and ends the run. */
  onEvent?: EventListener | undefined;
  /** Whose events may stand between ours: `deciders`: what people decide needs no claim to the run. `anybody`: somebody else owns the run. Default: `deciders`. */
  besides?: 'deciders' | 'anybody' | undefined;
}

/** What those record who decide or say something in a run that somebody else works on. */
const ofDeciders: ReadonlySet<string> = new Set<EventType>(['task.decided', 'task.asked', 'person.said', 'run.held']);

/** So often somebody else is first. Their events are short, so that more of them in a row come from a defect. */
const mostConflicts = 100;

/** The writer of one run, and its state: everything that happens goes through `append`, and the state is what the events say. */
export class RunJournal {
  readonly run: string;
  readonly #options: RunJournalOptions;
  #state: RunState | undefined;
  #sequence: number;
  #last: Promise<unknown> = Promise.resolve();
  readonly #causes = new Causes();
  readonly #listeners = new Set<EventListener>();

  constructor(options: RunJournalOptions) {
    this.run = options.run;
    this.#options = options;
    this.#state = options.state;
    this.#sequence = options.state?.lastSequence ?? 0;
  }

  /** Adds a listener for every event, whoever recorded it; it is called once the state knows the event. @returns a function that removes it. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws before the first event. */
  get state(): RunState {
    if (this.#state === undefined) throw new MultiagentError({ code: 'journal.empty', message: `The run ${this.run} has no events yet.` });
    return this.#state;
  }

  /**
   * Writes events in the order of the calls, even if calls overlap. A function is called when its turn has come, so that it can decide by the state at that
   * moment. Resolves when the events are in the store, the state knows them and listeners have heard them.
   */
  append(actor: string, reports: Report[] | (() => Report[]), durability: Durability = 'full'): Promise<JournalEvent[]> {
    const appended = this.#last.then(() => this.#append(actor, reports, durability));
    // A failed append must not fail those behind it.
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  /** Takes over what others have recorded in the stream meanwhile, after everything that is to be appended before. */
  catchUp(): Promise<void> {
    const caught = this.#last.then(() => this.#catchUp()).then(() => undefined);
    this.#last = caught.catch(() => undefined);
    return caught;
  }

  async #append(actor: string, given: Report[] | (() => Report[]), durability: Durability): Promise<JournalEvent[]> {
    for (let conflicts = 0; ; conflicts += 1) {
      const reports = typeof given === 'function' ? given() : given;
      if (reports.length === 0) return [];
      try {
        return await this.#write(actor, reports, durability);
      } catch (error) {
        const isConflict = (error as { code?: unknown }).code === 'journal.conflict' && conflicts < mostConflicts;
        if (!isConflict || !(await this.#catchUp())) throw error;
      }
    }
  }

  /** @returns whether there was anything, and all of it was of those who may write besides us. */
  async #catchUp(): Promise<boolean> {
    const { store, run, besides = 'deciders' } = this.#options;
    const others: JournalEvent[] = [];
    for await (const event of store.read(runStream(run), { after: this.#sequence })) {
      if (besides === 'deciders' && !ofDeciders.has(event.type)) return false;
      others.push(event);
    }
    for (const event of others) this.#causes.learn(event);
    // What somebody else records in a run of theirs they tell of themselves.
    this.#apply(others, besides === 'deciders' ? this.#options.onEvent : undefined);
    return others.length > 0;
  }

  async #write(actor: string, reports: Report[], durability: Durability): Promise<JournalEvent[]> {
    const { store, run, clock, lease } = this.#options;
    const time = clock.now();
    const stream = runStream(run);
    const events = reports.map(({ type, data }, index) => {
      const version = store.events.find(stream, type)?.version ?? 1;
      const causation = this.#causes.of({ type, data, actor });
      const event = { type, data, time, version, actor, correlation: run, ...(causation === undefined ? {} : { causation }) } as NewEvent;
      // Events of one moment may have led to each other.
      this.#causes.learn({ ...event, sequence: this.#sequence + index + 1 });
      return event;
    });
    const stored = await store.append({ stream, expectedSequence: this.#sequence, events, durability, lease: lease?.() });
    this.#apply(stored, this.#options.onEvent);
    return stored;
  }

  #apply(events: readonly JournalEvent[], onEvent: EventListener | undefined): void {
    for (const event of events) {
      this.#sequence = event.sequence;
      this.#state = applyEvent(this.#state, event);
      for (const listener of this.#listeners) listener(event);
      onEvent?.(event);
    }
  }
}
