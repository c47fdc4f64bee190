/** What one check found. */
export interface Finding {
  /** What was checked, in one or two words. */
  check: string;
  /** `warning`: it works, with limits. `problem`: runs fail or cannot start. */
  state: 'ok' | 'warning' | 'problem';
  message: string;
  /** What to do about it. */
  hint?: string | undefined;
}
