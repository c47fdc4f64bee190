/** How much of an output is kept, beside the line that says what was left out. */
export interface OutputLimits {
  lines: number;
  /** In UTF-8. */
  bytes: number;
}
