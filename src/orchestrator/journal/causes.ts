import type { JournalEvent } from '../../events/run-stream-events.ts';
import { taskOfActivity } from '../../utils/run-id.ts';

/**
 * Which event of a run led to the next one, by its sequence. A call is caused by its activity. An activity and its results are caused by the start of its task.
 * A task is caused by the last thing that happened to it, or else by what made it ready. Everything else is caused by the event before it.
 */
export class Causes {
  readonly #tasks = new Map<string, number>();
  readonly #activities = new Map<string, number>();
  /** The start of the run, or its last resumption. */
  #begun: number | undefined;
  /** The last task that came to an end. */
  #lastEnd: number | undefined;
  #last: number | undefined;

  /** @returns undefined if nothing in this stream led to it: for the first event, and for what a person does. */
  of({ type, data, actor }: Pick<JournalEvent, 'type' | 'data' | 'actor'>): number | undefined {
    if (type === 'run.started' || type === 'run.resumed' || actor === 'person') return undefined;
    const { task, activity } = data as { task?: unknown; activity?: unknown };
    if (typeof activity === 'string' && type !== 'activity.started')
      return this.#activities.get(activity) ?? this.#tasks.get(taskOfActivity(activity)) ?? this.#begun;
    if (type === 'task.added') return this.#begun;
    if (typeof task !== 'string') return this.#last;
    const own = this.#tasks.get(task);
    return type === 'task.started' || type === 'task.skipped' ? (own ?? this.#lastEnd ?? this.#begun) : (own ?? this.#begun);
  }

  learn({ type, data, sequence }: Pick<JournalEvent, 'type' | 'data' | 'sequence'>): void {
    this.#last = sequence;
    const { task, activity } = data as { task?: unknown; activity?: unknown };
    if (type === 'run.started' || type === 'run.resumed') this.#begun = sequence;
    else if (type === 'activity.started') this.#activities.set(String(activity), sequence);
    else if (type === 'task.started' || type === 'task.waiting' || type === 'task.reopened') this.#tasks.set(String(task), sequence);
    else if (type === 'task.completed' || type === 'task.failed' || type === 'task.skipped' || type === 'task.cancelled') {
      this.#tasks.delete(String(task));
      this.#lastEnd = sequence;
    }
  }
}
