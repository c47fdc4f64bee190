import { runStream } from '../../events/run-stream.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { Signal } from '../../state/store/signal.ts';
import type { RunJournal } from '../journal/run-journal.ts';

/** The type of the signals that wake tasks; their data holds the `name` that a task waits for. */
export const wakeSignal = 'wake';

/**
 * Hands each signal to one task that waits for it. A signal that nobody waits for is kept until somebody does. The journal records which signals have woken
 * a task, and these are never handed out again.
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

  /** Resolves when the signal has been handed to its task, or kept. */
  async take(signal: Signal): Promise<void> {
    if (this.#journal.state.takenSignals.has(signal.number)) return;
    this.#kept.push(signal);
    await this.#handOut();
  }

  /** Resolves when the signals taken before have been handed out, as far as somebody waits for them. */
  async settled(): Promise<void> {
    await this.#last;
  }

  close(): void {
    this.#unlisten();
  }

  #hear({ type, data }: JournalEvent): void {
    if (type === 'task.waiting' && data.signal !== undefined) void this.#handOut();
  }

  /** Runs one after the other, so that a task that waits is never given two signals. An error of the journal ends the run elsewhere. */
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
      // Meanwhile its time may have come, or the run may have ended or been released.
      const { state } = this.#journal;
      const waits = () => state.status === 'running' && task.waiting?.signal === wanted;
      const written = await this.#journal.append(from, () => (waits() ? [{ type: 'task.woken', data: woken }] : []));
      if (written.length === 0) this.#kept.splice(place, 0, signal);
    }
  }
}

/** Sends a run a signal that wakes a task: the owner of the run, now or later, hands it on. */
export async function sendWake(store: EventStore, run: string, name: string, data: Record<string, unknown>): Promise<void> {
  await store.sendSignal({ stream: runStream(run), type: wakeSignal, from: 'person', data: { ...data, name } });
}

/** The name of a signal that wakes. */
export function nameOfSignal({ data }: Signal): string | undefined {
  return typeof data['name'] === 'string' ? data['name'] : undefined;
}
