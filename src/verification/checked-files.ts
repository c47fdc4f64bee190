/** The files that a check is to see. */
export interface CheckedFiles {
  /** Relative to their folder, with '/'. */
  paths: readonly string[];
  /** What one of them holds; undefined where it is not there or no text. */
  read: (path: string) => Promise<string | undefined>;
}
