import { MultiagentError, type MultiagentErrorOptions } from '../utils/multiagent-error.ts';

/**
 * Errors of a model call, by what to do:
 * - `transient`: try again after a while (connection lost, server busy or loading).
 * - `overflow`: the prompt and reply do not fit the context; cut, then ask again.
 * - `configuration`: nothing changes until a person fixes it (wrong address, key, model).
 * - `misbehaviour`: the model answered with nothing usable.
 * - `refused`: the server or a policy says no; stop.
 */
export type ModelErrorKind = 'transient' | 'overflow' | 'configuration' | 'misbehaviour' | 'refused';

/** A failed model call, for programs with a model of their own. */
export interface ModelErrorOptions extends MultiagentErrorOptions {
  kind: ModelErrorKind;
  /** How long the server asks to wait, in milliseconds. */
  retryAfter?: number | undefined;
  /** For `overflow`: what the server counted, and its context. */
  overflow?: { promptTokens?: number | undefined; contextTokens?: number | undefined } | undefined;
  /** The address of another server that can take the call over at once. */
  elsewhere?: string | undefined;
}

/**
 * A model call failed; `kind` says what to do about it.
 * @example
 * const elsewhere = new AgentOrchestrator({ workspace: folder, config: { llm_base_url: 'http://127.0.0.1:9/v1' } });
 * try {
 *   await elsewhere.connect();
 * } catch (error) {
 *   if (!(error instanceof ModelError)) throw error;
 *   console.log(error.kind, error.code); // configuration server.not_found
 * } finally {
 *   await elsewhere.close();
 * }
 */
export class ModelError extends MultiagentError {
  readonly kind: ModelErrorKind;
  /** How long the server asks to wait, in milliseconds. Undefined: it does not. */
  readonly retryAfter: number | undefined;
  /** What the server counted, in tokens, if the kind is `overflow`. */
  readonly overflow: ModelErrorOptions['overflow'];
  /** The address of another server that can take the call over at once. */
  readonly elsewhere: string | undefined;

  constructor({ kind, retryAfter, overflow, elsewhere, ...options }: ModelErrorOptions) {
    super({ category: 'model', ...options });
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.overflow = overflow;
    this.elsewhere = elsewhere;
  }
}
