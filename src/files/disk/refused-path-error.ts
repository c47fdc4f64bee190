import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { Refusal } from './path-policy.ts';

/** A path that the run's folder does not take, where there is no report to say so in. */
export class RefusedPathError extends MultiagentError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super({ code: 'files.refused', message: refusal.message, hint: "Use a relative path inside the run's folder." });
    this.refusal = refusal;
  }
}
