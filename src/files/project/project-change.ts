/** What bringing a file into a project does to it. */
export interface ProjectChange {
  /** Relative to the project, with `/`. */
  path: string;
  /** Undefined: the file is new. */
  before: Uint8Array | undefined;
  /** Undefined: the file goes. */
  after: Uint8Array | undefined;
  /** The run's version, where `after` holds changes of somebody else, too. */
  merged?: Uint8Array | undefined;
}
