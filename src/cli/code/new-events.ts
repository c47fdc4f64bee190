import type { JournalEvent } from '../../events/run-stream-events.ts';

/** Knows which events of the runs of a session tell something new: each run begins with those of its earlier turns. */
export class NewEvents {
  #taken: ReadonlySet<string> = new Set();

  /** To be asked for every event, in order. */
  isNew(event: JournalEvent): boolean {
    if (event.type === 'run.started') this.#taken = new Set(event.data.inherits?.tasks);
    const { task, activity } = event.data as { task?: string; activity?: string };
    const name = task ?? activity?.slice(0, activity.lastIndexOf('/'));
    // Tasks that joined a run for another one are named after it.
    return name === undefined || !(this.#taken.has(name) || this.#taken.has(name.split('/', 1)[0] ?? ''));
  }
}
