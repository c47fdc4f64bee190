import { APIConnectionError, APIError } from 'openai';
import { printableLine } from '../../utils/printable.ts';
import { connectionTrouble } from '../server/connection-trouble.ts';
import { ModelError, type ModelErrorOptions } from '../model-error.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';

/** What the client threw, as an error that says what to do about it. `address` is for the sentence only. */
export function classifyModelError(error: unknown, address: string): ModelError {
  if (error instanceof ModelError) return error;
  const where = withoutCredentials(address);
  if (error instanceof APIConnectionError) {
    const reason = connectionTrouble(error);
    if (reason === 'unexpected redirect') return new ModelError({ ...redirected(where), cause: error });
    return new ModelError({ ...lost(`The model server at ${where} cannot be reached (${reason}).`), cause: error });
  }
  if (error instanceof APIError) return new ModelError({ ...fromAnswer(error, where), cause: error });
  // Anything else comes out of the stream: the connection broke, or what arrived was no event.
  return new ModelError({
    ...lost(`The connection to the model server at ${where} broke in the middle of a reply (${connectionTrouble(error)}).`),
    cause: error,
  });
}

function fromAnswer(error: APIError, where: string): ModelErrorOptions {
  const details = (error.error ?? {}) as { code?: unknown; message?: unknown; type?: unknown; n_prompt_tokens?: unknown; n_ctx?: unknown };
  // An error in the middle of a stream has its status in the event.
  const status = error.status ?? numberOrNothing(details.code);
  const said = excerpt(typeof details.message === 'string' ? details.message : error.message);
  if (
    details.type === 'exceed_context_size_error' ||
    /context (size|length|window)[^.]{0,200}exceed|exceed[^.]{0,200}context|maximum context length/i.test(said)
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
  // Some servers answer 500 where a chat template refuses the messages: asking again cannot help.
  const templateRefuses = /jinja|raise_exception|response prefill/i.test(said);
  if (!templateRefuses && (status === undefined || status === 408 || status === 425 || status === 429 || status >= 500)) {
    return {
      ...lost(`The model server at ${where} answered with an error${status === undefined ? '' : ` (HTTP ${status})`}: ${said}`),
      retryAfter: retryAfter(error),
    };
  }
  return {
    kind: 'configuration',
    code: 'model.bad_request',
    message: `The model server at ${where} refuses the request${status === undefined ? '' : ` (HTTP ${status})`}: ${said}`,
    hint: 'The model or its chat template may not take such a request; the log of the server says more.',
  };
}

function lost(message: string): ModelErrorOptions {
  return { kind: 'transient', code: 'server.lost', message, hint: 'See whether the model server is still running, and look at its log.' };
}

function redirected(where: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'server.redirected',
    message: `The server at ${where} sends requests on to another address, which is not followed.`,
    hint: 'Name the address that it leads to with --base-url, if that is where your requirement and code may go.',
  };
}

/** Whoever asks for more than an hour is asked again after one. */
const longestWaitMilliseconds = 3_600_000;

/** The header holds seconds or a date. */
function retryAfter(error: APIError): number | undefined {
  const header = error.headers?.get('retry-after')?.trim() ?? '';
  const milliseconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), longestWaitMilliseconds);
}

/** What a server said, fit for a sentence: a proxy's error page is long, and nobody vouches for its characters. */
function excerpt(text: string): string {
  const line = printableLine(String(redactSecrets(text.slice(0, 1000).trim())));
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function numberOrNothing(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
