/** The files that a check is to see. */
export interface CheckedFiles {
  /** Relative to their folder, with '/'. */
  paths: readonly string[];
  /** The content of one of them; undefined if it is missing or not text. */
  read: (path: string) => Promise<string | undefined>;
}
