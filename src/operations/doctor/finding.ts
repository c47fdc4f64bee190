/** What one check found. */
export interface Finding {
  /** What was looked at, in one or two words. */
  check: string;
  /** `warning`: it works, with less. `problem`: runs fail or cannot begin. */
  state: 'ok' | 'warning' | 'problem';
  message: string;
  /** What to do about it. */
  hint?: string | undefined;
}
