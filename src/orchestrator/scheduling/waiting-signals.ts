import { runStream } from '../../events/run-stream.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { Signal } from '../../state/store/signal.ts';
import type { RunJournal } from '../journal/run-journal.ts';

/** The type of the signals that wake tasks; their data holds the `name` that a task waits for. */
export const wakeSignal = 'wake';

/**
 * Hands each signal to the task that waits for it: one task for one signal. One for which nobody waits is kept until somebody does; what a task was woken by
 * is in the journal, and is never handed out again.
 */
export class WaitingSignals {
  readonly #journal: RunJournal;
  readonly #kept: Signal[] = [];
  readonly #unlisten: () => void;
  #last: Promise<void> = Promise.resolve();

  constructor(journal: RunJournal) {
    this.#journal = journal;
    this.#unlisten = journal.listen((event) => this.#hear(event));
  }

  /** Resolves when the task that it is for was told. */
  async take(signal: Signal): Promise<void> {
    if (this.#journal.state.takenSignals.has(signal.number)) return;
    this.#kept.push(signal);
    await this.#handOut();
  }

  /** Resolves when what was taken before has been handed out, as far as somebody waits for it. */
  async settled(): Promise<void> {
    await this.#last;
  }

  close(): void {
    this.#unlisten();
  }

  #hear({ type, data }: JournalEvent): void {
    if (type === 'task.waiting' && data.signal !== undefined) void this.#handOut();
  }

  /** One after the other: two signals are never handed to one waiting. A journal that cannot be written ends the run elsewhere. */
  #handOut(): Promise<void> {
    this.#last = this.#last.then(() => this.#handOutNow()).catch(() => undefined);
    return this.#last;
  }

  async #handOutNow(): Promise<void> {
    for (const task of this.#journal.state.tasks.values()) {
      const wanted = task.waiting?.signal;
      if (wanted === undefined) continue;
      const place = this.#kept.findIndex((signal) => nameOfSignal(signal) === wanted);
      const signal = this.#kept[place];
      if (signal === undefined) continue;
      this.#kept.splice(place, 1);
      const { number, from, data } = signal;
      const woken = { task: task.task, by: 'signal' as const, signal: { number, from, data } };
      // Its time may have come since, or the run may have ended or been let go.
      const { state } = this.#journal;
      const waits = () => state.status === 'running' && task.waiting?.signal === wanted;
      const written = await this.#journal.append(from, () => (waits() ? [{ type: 'task.woken', data: woken }] : []));
      if (written.length === 0) this.#kept.splice(place, 0, signal);
    }
  }
}

/** Sends a run a signal that wakes: whoever works on it, now or later, hands it on. */
export async function sendWake(store: EventStore, run: string, name: string, data: Record<string, unknown>): Promise<void> {
  await store.sendSignal({ stream: runStream(run), type: wakeSignal, from: 'person', data: { ...data, name } });
}

/** What a signal that wakes is called. */
export function nameOfSignal({ data }: Signal): string | undefined {
  return typeof data['name'] === 'string' ? data['name'] : undefined;
}
