/** What the scheduler knows about a task; it needs nothing else. */
export interface ScheduledTask {
  task: string;
  dependencies: string[];
  /** Larger first. */
  priority: number;
  /** The step's place in the workflow. */
  number: number;
  /** `none`: it runs beside all others and takes none of the places. Default: `model`. */
  place?: 'model' | 'none' | undefined;
}

/**
 * Picks among ready tasks of equal priority, for instance the one whose prompt the server holds most of. `ready` is never empty.
 * @example
 * const byName: PlacementPolicy = (ready) => ready.reduce((one, other) => (other.task < one.task ? other : one));
 * const manager = new TaskManager({ concurrency: 1, placement: byName });
 * console.log(manager.finished); // true
 */
export type PlacementPolicy = (ready: readonly ScheduledTask[]) => ScheduledTask;
