/** What the scheduler knows of a task; everything else about it is nobody's business there. */
export interface ScheduledTask {
  task: string;
  dependencies: string[];
  /** Larger first. */
  priority: number;
  /** The step's place in the workflow. */
  number: number;
  /** `none`: it runs beside all others and counts among nobody's. Default: `model`. */
  place?: 'model' | 'none' | undefined;
}

/** Picks among ready tasks of equal priority, for instance the one whose prompt the server holds most of. `ready` is never empty. */
export type PlacementPolicy = (ready: readonly ScheduledTask[]) => ScheduledTask;
