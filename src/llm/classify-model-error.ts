import { APIConnectionError, APIError } from 'openai';
import { ModelError, type ModelErrorOptions } from './model-error.ts';
import { withoutCredentials } from './require-local-address.ts';

/** What the client threw, as an error that says what to do about it. `address` is for the sentence only. */
export function classifyModelError(error: unknown, address: string): ModelError {
  if (error instanceof ModelError) return error;
  const where = withoutCredentials(address);
  if (error instanceof APIConnectionError) {
    return new ModelError({ ...lost(`The model server at ${where} cannot be reached (${deepestMessage(error)}).`), cause: error });
  }
  if (error instanceof APIError) return new ModelError({ ...fromAnswer(error, where), cause: error });
  // Anything else comes out of the stream: the connection broke, or what arrived was no event.
  return new ModelError({
    ...lost(`The connection to the model server at ${where} broke in the middle of a reply (${deepestMessage(error)}).`),
    cause: error,
  });
}

function fromAnswer(error: APIError, where: string): ModelErrorOptions {
  const { status } = error;
  const details = (error.error ?? {}) as { message?: unknown; type?: unknown; n_prompt_tokens?: unknown; n_ctx?: unknown };
  const said = typeof details.message === 'string' ? details.message : error.message;
  if (
    details.type === 'exceed_context_size_error' ||
    /context (size|length|window)[^.]*exceed|exceed[^.]*context|maximum context length/i.test(said)
  ) {
    return {
      kind: 'overflow',
      code: 'model.overflow',
      message: `The prompt and reply do not fit the model's context: ${said}`,
      hint: 'Start the model server with a larger context (-c), or shorten the requirement.',
      overflow: { promptTokens: numberOrNothing(details.n_prompt_tokens), contextTokens: numberOrNothing(details.n_ctx) },
    };
  }
  if (status === 401 || status === 403) {
    return {
      kind: 'configuration',
      code: 'server.unauthorized',
      message: `The model server at ${where} refuses the key it was given (HTTP ${status}).`,
      hint: "Set llm_api_key in config.yaml or OPENAI_API_KEY in .env to the server's key.",
    };
  }
  if (status === 404) {
    return {
      kind: 'configuration',
      code: 'model.not_found',
      message: `The model server at ${where} does not know this model or address (${said}).`,
      hint: 'Check --model and --base-url; GET /v1/models of the server lists its models.',
    };
  }
  if (status === undefined || status === 408 || status === 425 || status === 429 || status >= 500) {
    return {
      ...lost(`The model server at ${where} answered with an error${status === undefined ? '' : ` (HTTP ${status})`}: ${said}`),
      retryAfter: retryAfter(error),
    };
  }
  return {
    kind: 'configuration',
    code: 'model.bad_request',
    message: `The model server at ${where} refuses the request (HTTP ${status}): ${said}`,
    hint: 'The model or its chat template may not take such a request; the log of the server says more.',
  };
}

function lost(message: string): ModelErrorOptions {
  return { kind: 'transient', code: 'server.lost', message, hint: 'See whether the model server is still running, and look at its log.' };
}

function retryAfter(error: APIError): number | undefined {
  const seconds = Number(error.headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function deepestMessage(error: unknown): string {
  let current = error as { message?: string; code?: string; cause?: unknown };
  while (typeof current.cause === 'object' && current.cause !== null) current = current.cause;
  return current.code ?? current.message ?? 'no reason given';
}
