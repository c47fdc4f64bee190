import { ModelError } from '../model-error.ts';

/** Errors that are not transient and yet say nothing but that the model is not to be had now, not for what is private, or not for this money. */
const codes: ReadonlySet<string> = new Set([
  'server.not_found',
  'provider.quota',
  'provider.agent_failed',
  'remote.failed',
  'private.refused',
  'budget.used_up',
]);

/** Those of errors that pass. */
const passing: ReadonlySet<string> = new Set(['server.lost', 'server.silent', 'server.still_loading']);

/** The same of what is known of an error afterwards, by its code. */
export function saysUnavailable(code: string): boolean {
  return passing.has(code) || codes.has(code);
}

/**
 * Whether another model may stand in after this error: nobody answers, the server is overloaded or broken, its quota is used up, an agent of it failed, or the run has no more money for it. What a server refuses, what a
 * person has to correct, and what a model answers are no reasons.
 */
export function isUnavailable(error: unknown): error is ModelError {
  return error instanceof ModelError && (error.kind === 'transient' || codes.has(error.code));
}
