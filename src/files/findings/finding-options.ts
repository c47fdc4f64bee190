export interface FindingOptions {
  /** The file is to be started by itself. */
  isCommand?: boolean | undefined;
}
