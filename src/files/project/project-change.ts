/** What bringing a file into a project does to it. */
export interface ProjectChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** Undefined: the file is new. */
  before: Uint8Array | undefined;
  after: Uint8Array;
}
