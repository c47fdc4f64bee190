/**
 * Who can do something about an error:
 * - `usage`: whoever asked. Nothing was started; the request has to change.
 * - `model`: whoever runs the model server. There is none, or none is usable.
 * - `stopped`: nobody. A person ended the work.
 * - `failed`: everything else.
 */
export type ErrorCategory = 'usage' | 'model' | 'stopped' | 'failed';

/** What a person needs when something goes wrong: which failure, what happened, and what to type next. */
export interface MultiagentErrorOptions {
  /** Stable, lower case, dotted: `settings.invalid`, `server.not_found`. Programs may compare it; its meaning never changes. */
  code: string;
  /** Default: `failed`. */
  category?: ErrorCategory | undefined;
  /** One sentence: what failed and why. */
  message: string;
  /** What to do next, as an imperative sentence or a command line. */
  hint?: string | undefined;
  /** What was caught, for `--verbose` and the log. */
  cause?: unknown;
}

/**
 * Base of every error this program throws on purpose: `code` for programs, `message` and `hint` for people. Anything else that is thrown is a defect of the
 * program.
 * @example
 * try {
 *   await findRun(orchestrator, 'no-such-run');
 * } catch (error) {
 *   if (!(error instanceof MultiagentError)) throw error;
 *   console.log(error.code, error.category); // run.not_found usage
 * }
 */
export class MultiagentError extends Error {
  /** Stable, such as `settings.invalid`: what programs compare. */
  readonly code: string;
  /** Who can do something about it. */
  readonly category: ErrorCategory;
  /** What to do next, in words or as a command line. */
  readonly hint: string | undefined;

  constructor({ code, category = 'failed', message, hint, cause }: MultiagentErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.category = category;
    this.hint = hint;
  }
}
