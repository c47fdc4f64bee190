/** A change that was really made, as a task for the ranking. */
export interface Change {
  /** What stands for the requirement. */
  subject: string;
  /** The project before it, by path. */
  contents: ReadonlyMap<string, string>;
  /** The files that it changed. */
  changed: readonly string[];
}
