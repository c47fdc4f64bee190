import { runStream } from '../../events/run-stream.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { recordedSignal } from '../decisions/record-decision.ts';
import { WaitingSignals, wakeSignal } from '../scheduling/waiting-signals.ts';
import type { RunJournal } from '../journal/run-journal.ts';

export interface RunSignalsOptions {
  store: EventStore;
  journal: RunJournal;
  /** The number of the last signal that was meant for an earlier owner: only a later one cancels. One that wakes a task may have been sent while nobody worked on the run. */
  after: number;
  /** Whatever keeps signals from being read also keeps the run from being written, and ends it in order. */
  onFailure: (error: unknown) => void;
}

/** What others ask of a run that somebody owns. */
export class RunSignals {
  readonly #options: RunSignalsOptions;
  readonly #waiting: WaitingSignals;
  readonly #cancelled = new AbortController();
  readonly #over = new AbortController();
  readonly #listening: Promise<void>;
  #heard = 0;
  #told: (() => void) | undefined;

  constructor(options: RunSignalsOptions) {
    this.#options = options;
    this.#waiting = new WaitingSignals(options.journal);
    this.#listening = this.#listen()
      .catch(options.onFailure)
      .finally(() => {
        this.#heard = Infinity;
        this.#told?.();
      });
  }

  /** Aborted when somebody cancels the run. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Resolves when every signal sent before has reached its task. Calls must not overlap. */
  async caughtUp(): Promise<void> {
    const last = await this.#options.store.lastSignal(runStream(this.#options.journal.run));
    while (this.#heard < last) await new Promise<void>((resolve) => (this.#told = resolve));
    await this.#waiting.settled();
  }

  async close(): Promise<void> {
    this.#waiting.close();
    this.#over.abort();
    await this.#listening;
  }

  async #listen(): Promise<void> {
    const { store, journal, after } = this.#options;
    for await (const sent of store.subscribeSignals(runStream(journal.run), { signal: this.#over.signal })) {
      if (sent.type === wakeSignal) await this.#waiting.take(sent);
      // It is in the journal already; only who works on the run may not know.
      if (sent.type === recordedSignal) await journal.catchUp();
      if (sent.type === 'cancel' && sent.number > after) {
        this.#cancelled.abort(new MultiagentError({ code: 'run.cancelled', message: `The run was cancelled by ${sent.from}.` }));
      }
      this.#heard = sent.number;
      this.#told?.();
    }
  }
}
