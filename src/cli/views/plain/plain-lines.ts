import type { EventOf, EventType } from '../../../events/run-stream-events.ts';
import { printableLine } from '../../../utils/printable.ts';
import { MoneyMeter } from '../money-meter.ts';

/** How much is written, and where. */
export interface PlainViewOptions {
  write: (text: string) => void;
  detail: 'normal' | 'verbose';
  /** Progress of one task is reported at most this often. */
  intervalMilliseconds?: number | undefined;
}

/** What has been written about a task. */
export interface ShownTask {
  label: string;
  startedAt: number;
  /** For other tasks, a signal, a time: not for its next attempt. */
  waits: boolean;
  /** What a person has decided last, as it was told. */
  decided: string | undefined;
  /** The server of its newest call, if there are several. */
  server: string | undefined;
  /** Of the work of a team elsewhere. */
  stage?: string | undefined;
  lastProgress: number;
  /** Tokens read by the calls that have ended. */
  read: number | undefined;
  cached: number | undefined;
  written: number | undefined;
  speed: number | undefined;
  /** It has created or changed a file since it was last requested. */
  changedFiles: boolean;
  asksModel: boolean;
  /** The error of its newest call. */
  trouble: string | undefined;
}

/** Writes the lines, and knows what has been written about a run so far. */
export class PlainLines {
  readonly detail: PlainViewOptions['detail'];
  readonly tasks = new Map<string, ShownTask>();
  /** Tasks that another run has done: their events here did not happen now. */
  readonly inherited = new Set<string>();
  /** Those outside this machine that were told of. */
  readonly hosts = new Set<string>();
  readonly money = new MoneyMeter();
  total = 0;
  silent = false;
  readonly #write: PlainViewOptions['write'];
  readonly #interval: number;

  constructor({ write, detail, intervalMilliseconds = 5000 }: PlainViewOptions) {
    this.#write = write;
    this.detail = detail;
    this.#interval = intervalMilliseconds;
  }

  write(text: string): void {
    if (!this.silent) this.#write(text);
  }

  /** One line about a task. */
  tell(task: string, text: string): void {
    if (!this.inherited.has(task)) this.write(`${printableLine(`${this.tasks.get(task)?.label ?? task}: ${text}`)}\n`);
  }

  /** Whether it is time to report the progress of a task again. */
  due(task: string, time: number): boolean {
    const shown = this.tasks.get(task);
    if (shown === undefined || time - shown.lastProgress < this.#interval) return false;
    shown.lastProgress = time;
    return true;
  }
}

/** What is written when an event comes, by its type. */
export type PlainHandlers = { [Type in EventType]?: (lines: PlainLines, event: EventOf<Type>) => void };
